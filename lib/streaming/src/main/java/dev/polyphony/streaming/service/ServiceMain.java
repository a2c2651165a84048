package dev.polyphony.streaming.service;

import dev.polyphony.experiment.UserMistake;
import dev.polyphony.streaming.access.Refusal;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.Banner;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.context.properties.bind.validation.BindValidationException;
import org.springframework.core.env.Environment;
import org.springframework.core.env.StandardEnvironment;

/** The way a service process starts, and ends when it cannot: exit code 2 and one message for a user's mistake. */
public final class ServiceMain {

    private static final String NAME = "spring.application.name";
    private static final Map<String, Object> DEFAULTS = Map.ofEntries(
            Map.entry("server.shutdown", "graceful"),
            Map.entry("spring.main.log-startup-info", "false"),
            Map.entry("spring.jmx.enabled", "false"),
            Map.entry("management.endpoints.web.exposure.include", "health,prometheus"),
            Map.entry("management.endpoint.health.probes.enabled", "true"),
            Map.entry("management.endpoint.health.group.liveness.include", "livenessState,workLive"),
            Map.entry("management.endpoint.health.group.readiness.include", "readinessState,workReady"),
            Map.entry("management.endpoint.health.show-details", "always"),
            Map.entry("logging.level.root", "WARN"),
            Map.entry("logging.level.dev.polyphony", "INFO"));

    private ServiceMain() {}

    /** Starts the service; returns when its context is up. */
    public static void run(Class<?> application, String name, String[] arguments) {
        SpringApplication spring =
                new SpringApplication(application, ServiceConfiguration.class, StreamConfiguration.class);
        spring.setBannerMode(Banner.Mode.OFF);
        spring.setDefaultProperties(DEFAULTS);
        Environment[] environment = {new StandardEnvironment()};
        spring.addInitializers(context -> {
            environment[0] = context.getEnvironment();
            KafkaConnection.addFile(context.getEnvironment());
        });
        System.setProperty(NAME, name);
        try {
            spring.run(arguments);
        } catch (RuntimeException failure) {
            String mistake = mistakeIn(failure, environment[0]);
            if (mistake == null) {
                throw failure;
            }
            System.err.println(name + ": " + mistake);
            System.exit(2);
        }
    }

    /** What a user has to know and to mend, if it was that. */
    static @Nullable String mistakeIn(Throwable failure, Environment environment) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof BindValidationException invalid) {
                StringBuilder text = new StringBuilder("invalid properties");
                invalid.getValidationErrors()
                        .forEach(error -> text.append("\n  ").append(error.getDefaultMessage()));
                return text.toString();
            }
            if (cause instanceof UserMistake) {
                return cause.getMessage();
            }
        }
        String name = environment.getProperty(NAME, "the service");
        return Refusal.explain(failure, name, KafkaConnection.of(environment)).orElse(null);
    }
}
