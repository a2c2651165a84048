package dev.polyphony.streaming.service;

import dev.polyphony.datasets.Experiment;
import dev.polyphony.experiment.ImportedEnsembles;
import dev.polyphony.streaming.KafkaClients;
import dev.polyphony.streaming.RecordLimits;
import dev.polyphony.streaming.StreamTopics;
import dev.polyphony.streaming.TopicSetup;
import dev.polyphony.streaming.tracing.StepTraces;
import io.micrometer.core.instrument.MeterRegistry;
import org.apache.kafka.clients.admin.Admin;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;
import org.springframework.kafka.core.KafkaAdmin;

/**
 * The recipe's stream as beans. All but the experiment are made when first asked for, so that a process that needs no
 * broker starts without one.
 */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(TopicProperties.class)
public class StreamConfiguration {

    @Bean
    Experiment experiment(ServiceProperties properties, ImportedEnsembles imported) {
        return Experiment.open(properties.recipe(), properties.data(), imported);
    }

    @Bean
    StepTraces traces(
            Experiment experiment, ServiceProperties properties, @Value("${spring.application.name}") String name) {
        return properties.traces()
                ? StepTraces.exported(name, experiment.identities().streamId())
                : StepTraces.none();
    }

    /** Connected as Spring's own clients are: {@code KafkaProperties} alone know nothing of SSL bundles. */
    @Bean
    @Lazy
    KafkaClients kafkaClients(KafkaAdmin connected, MeterRegistry registry) {
        return new KafkaClients(connected.getConfigurationProperties(), registry);
    }

    @Bean
    @Lazy
    RecordLimits recordLimits(Experiment experiment) {
        return RecordLimits.of(
                experiment.recipe().stream().batchSize(),
                experiment.dataset().shape().pixels(),
                experiment.recipe().stream().precision(),
                experiment.recipe().ensemble().size(),
                experiment.dataset().classes());
    }

    /** The stream's topics, created if they were not there. */
    @Bean
    @Lazy
    StreamTopics streamTopics(
            Experiment experiment, KafkaClients clients, RecordLimits limits, TopicProperties properties) {
        StreamTopics topics = new StreamTopics(experiment.identities().streamId());
        try (Admin admin = clients.admin()) {
            new TopicSetup(properties.partitions(), properties.replicationFactor()).ensure(admin, topics, limits);
        }
        return topics;
    }
}
