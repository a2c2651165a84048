package dev.polyphony.streaming.service;

import dev.polyphony.datasets.Experiment;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.micrometer.metrics.autoconfigure.MeterRegistryCustomizer;
import org.springframework.boot.web.server.context.WebServerInitializedEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The beans that every service has. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(ServiceProperties.class)
public class ServiceConfiguration {

    @Bean
    Heartbeat heartbeat() {
        return new Heartbeat(Clock.systemUTC());
    }

    /** Of which stream the numbers are. */
    @Bean
    MeterRegistryCustomizer<MeterRegistry> streamLabel(Experiment experiment) {
        return registry ->
                registry.config().commonTags("stream", experiment.identities().streamId());
    }

    @Bean
    WorkRunner workRunner(
            Work work, ConfigurableApplicationContext context, Heartbeat heartbeat, ServiceProperties properties) {
        return new WorkRunner(work, context, heartbeat, properties);
    }

    /** Ready: the work has its models and its place in the stream. */
    @Bean
    HealthIndicator workReadyHealthIndicator(Heartbeat heartbeat) {
        return () -> (heartbeat.isReady() ? Health.up() : Health.outOfService()).build();
    }

    /** Live: the work has moved within the stated time. */
    @Bean
    HealthIndicator workLiveHealthIndicator(Heartbeat heartbeat, ServiceProperties properties) {
        return () -> {
            Duration since = heartbeat.sinceLastBeat();
            boolean live = since.compareTo(properties.stallAfter()) <= 0;
            return (live ? Health.up() : Health.down())
                    .withDetail("secondsSinceLastMove", since.toSeconds())
                    .build();
        };
    }

    @Bean
    ApplicationListener<WebServerInitializedEvent> portFileWriter(ServiceProperties properties) {
        return event -> {
            Path file = properties.portFile();
            if (file != null) {
                write(file, Integer.toString(event.getWebServer().getPort()));
            }
        };
    }

    /** Ends this process when the one that started it has died, so that no orphan goes on working. */
    @Bean
    ApplicationListener<WebServerInitializedEvent> parentWatch(ServiceProperties properties) {
        return event -> {
            if (properties.parentPid() > 0) {
                ProcessHandle.of(properties.parentPid())
                        .ifPresentOrElse(
                                parent -> {
                                    CompletableFuture<Void> unused =
                                            parent.onExit().thenRun(ServiceConfiguration::haltAsOrphan);
                                },
                                ServiceConfiguration::haltAsOrphan);
            }
        };
    }

    private static void haltAsOrphan() {
        Runtime.getRuntime().halt(143);
    }

    private static void write(Path file, String text) {
        try {
            Path temporary = file.resolveSibling(file.getFileName() + ".new");
            Files.writeString(temporary, text);
            Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException failure) {
            throw new UncheckedIOException("cannot write the port file " + file, failure);
        }
    }
}
