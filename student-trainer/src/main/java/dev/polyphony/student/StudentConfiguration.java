package dev.polyphony.student;

import ai.djl.ndarray.NDManager;
import dev.polyphony.datasets.Experiment;
import dev.polyphony.experiment.ImportedEnsembles;
import dev.polyphony.experiment.Provenance;
import dev.polyphony.models.Network;
import dev.polyphony.models.engine.EngineStart;
import dev.polyphony.models.networks.Networks;
import dev.polyphony.models.store.EngineProvenance;
import dev.polyphony.models.store.ImportedEnsembleFiles;
import dev.polyphony.models.store.ModelStore;
import dev.polyphony.streaming.KafkaClients;
import dev.polyphony.streaming.RecordLimits;
import dev.polyphony.streaming.StreamTopics;
import dev.polyphony.streaming.service.Heartbeat;
import dev.polyphony.streaming.service.ServiceProperties;
import dev.polyphony.streaming.tracing.StepTraces;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.charset.StandardCharsets;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.micrometer.metrics.autoconfigure.MeterRegistryCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(StudentProperties.class)
class StudentConfiguration {

    @Bean
    NDManager manager(StudentProperties properties) {
        return EngineStart.manager(properties.deterministic());
    }

    @Bean
    ModelStore store(ServiceProperties properties) {
        return ModelStore.at(properties.store());
    }

    @Bean
    ImportedEnsembles imported(ModelStore store) {
        return new ImportedEnsembleFiles(store);
    }

    /** Of which run the numbers are: the trainers of many may learn from one stream. */
    @Bean
    MeterRegistryCustomizer<MeterRegistry> runLabel(Experiment experiment) {
        return registry ->
                registry.config().commonTags("run", experiment.identities().runId());
    }

    @Bean
    Network network(Experiment experiment) {
        return Networks.student(experiment.recipe().student(), experiment.input());
    }

    @Bean
    StudentStream stream(
            Experiment experiment,
            KafkaClients clients,
            StreamTopics topics,
            RecordLimits limits,
            MeterRegistry registry) {
        return new StudentStream(experiment, clients, topics, limits, registry);
    }

    @Bean
    StudentWork work(
            Experiment experiment,
            Network network,
            NDManager manager,
            ModelStore store,
            StudentStream stream,
            MeterRegistry registry,
            StepTraces traces,
            StudentProperties properties,
            Heartbeat heartbeat) {
        Provenance provenance = EngineProvenance.of(
                experiment.recipe(),
                experiment.identities(),
                experiment.dataset().checksums());
        // Says from the first moment what the run is: its stream may be deleted only by those who know that.
        store.put(
                "runs/" + experiment.identities().runId() + "/run.json",
                provenance.toJson().getBytes(StandardCharsets.UTF_8));
        StudentCheckpoints checkpoints = new StudentCheckpoints(
                experiment, store, network, provenance, properties.keepCheckpoints(), stream::announce);
        CurveLog curves = new CurveLog(
                store, experiment.identities().runId(), experiment.streamPlan().steps());
        return new StudentWork(
                experiment,
                network,
                manager,
                stream,
                checkpoints,
                curves,
                new StudentMeters(registry),
                traces,
                properties.checkpointEverySteps(),
                heartbeat);
    }
}
