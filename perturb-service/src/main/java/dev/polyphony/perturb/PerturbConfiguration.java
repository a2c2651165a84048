package dev.polyphony.perturb;

import ai.djl.ndarray.NDManager;
import dev.polyphony.datasets.Experiment;
import dev.polyphony.distillation.Perturbations;
import dev.polyphony.experiment.ImportedEnsembles;
import dev.polyphony.experiment.StreamPart;
import dev.polyphony.experiment.StreamParts;
import dev.polyphony.models.engine.EngineStart;
import dev.polyphony.models.store.EnsembleFiles;
import dev.polyphony.models.store.ImportedEnsembleFiles;
import dev.polyphony.models.store.ModelStore;
import dev.polyphony.models.store.StreamFiles;
import dev.polyphony.streaming.KafkaClients;
import dev.polyphony.streaming.PlanSubmission;
import dev.polyphony.streaming.RecordLimits;
import dev.polyphony.streaming.RecordType;
import dev.polyphony.streaming.StreamTopics;
import dev.polyphony.streaming.meters.PerturbMeter;
import dev.polyphony.streaming.pacing.Pacing;
import dev.polyphony.streaming.pacing.StudentProgress;
import dev.polyphony.streaming.pipeline.PipelineSettings;
import dev.polyphony.streaming.pipeline.StepGate;
import dev.polyphony.streaming.service.Heartbeat;
import dev.polyphony.streaming.service.PatientWork;
import dev.polyphony.streaming.service.PipelineWork;
import dev.polyphony.streaming.service.ServiceProperties;
import dev.polyphony.streaming.service.Work;
import dev.polyphony.streaming.tracing.StepTraces;
import dev.polyphony.streaming.tracing.StepWork;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Instant;
import org.apache.kafka.clients.admin.Admin;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(PerturbProperties.class)
class PerturbConfiguration {

    private static final String PERTURB = "perturb";

    @Bean
    NDManager manager(PerturbProperties properties) {
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

    @Bean
    Admin admin(KafkaClients clients) {
        return clients.admin();
    }

    @Bean
    StepGate gate(
            Experiment experiment,
            Admin admin,
            StreamTopics topics,
            PerturbProperties properties,
            MeterRegistry registry) {
        return switch (experiment.recipe().stream().record()) {
            case WHOLE -> StepGate.OPEN;
            case PACED -> {
                Pacing pacing =
                        new Pacing(() -> StudentProgress.read(admin, topics, Instant.now()), properties.leadSteps());
                PerturbMeter.LEAD.gauge(registry, pacing::lead);
                PerturbMeter.LEAD_LIMIT.gauge(registry, properties::leadSteps);
                yield pacing;
            }
        };
    }

    @Bean
    Work work(
            Experiment experiment,
            ModelStore store,
            ImportedEnsembles imported,
            NDManager manager,
            KafkaClients clients,
            StreamTopics topics,
            RecordLimits limits,
            StepGate gate,
            MeterRegistry registry,
            StepTraces traces,
            Heartbeat heartbeat,
            ServiceProperties properties) {
        StreamPart stream = experiment.recipe().stream();
        new StreamFiles(store)
                .keep(StreamParts.of(experiment.recipe(), experiment.dataset().checksums(), imported));
        // Only the reader of the plan writes it: processes that try at once have to wait for each other.
        new PlanSubmission(clients).submit(topics, experiment.streamPlan());
        EnsembleFiles files = new EnsembleFiles(store, experiment.identities().ensembleId());
        PatientWork.Prerequisite trained = new PatientWork.Prerequisite(
                "ensemble " + files.ensembleId(), () -> files.guidesAreThere(experiment.recipe()));
        return new PatientWork(
                PERTURB,
                trained,
                properties.patience(),
                heartbeat,
                () -> new PipelineWork<>(
                        PERTURB,
                        clients,
                        PipelineSettings.perturb(
                                topics,
                                properties.replica(),
                                experiment.streamPlan().steps(),
                                limits),
                        RecordType.PLAN,
                        RecordType.MINIBATCHES,
                        traces.around(
                                StepWork.PERTURB,
                                new PerturbStage(
                                        manager,
                                        experiment,
                                        Perturbations.of(
                                                stream, files.guides(manager, experiment.recipe(), experiment.input())),
                                        PerturbMeter.PERTURBATION_NORM.gauge(registry)::set)),
                        gate,
                        experiment.streamPlan(),
                        registry,
                        heartbeat));
    }
}
