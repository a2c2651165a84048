package dev.polyphony.teacher;

import ai.djl.ndarray.NDManager;
import dev.polyphony.datasets.Experiment;
import dev.polyphony.experiment.ImportedEnsembles;
import dev.polyphony.models.engine.EngineStart;
import dev.polyphony.models.store.EngineProvenance;
import dev.polyphony.models.store.EnsembleFiles;
import dev.polyphony.models.store.ImportedEnsembleFiles;
import dev.polyphony.models.store.ModelStore;
import dev.polyphony.streaming.KafkaClients;
import dev.polyphony.streaming.RecordLimits;
import dev.polyphony.streaming.RecordType;
import dev.polyphony.streaming.StreamTopics;
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
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(TeacherProperties.class)
class TeacherConfiguration {

    private static final String ROLE = "polyphony.teacher.role";
    private static final String TEACH = "teach";

    @Bean
    NDManager manager(TeacherProperties properties) {
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
    @ConditionalOnProperty(name = ROLE, havingValue = "train")
    Work memberWork(
            Experiment experiment,
            ModelStore store,
            NDManager manager,
            Heartbeat heartbeat,
            TeacherProperties properties) {
        int trained = experiment.recipe().trainedMembers();
        if (properties.member() >= trained) {
            throw new NoSuchMemberException(properties.member(), trained);
        }
        MemberCandidates candidates = new MemberCandidates(
                experiment,
                store,
                properties.member(),
                EngineProvenance.of(
                        experiment.recipe(),
                        experiment.identities(),
                        experiment.dataset().checksums()));
        return new MemberWork(experiment, properties.member(), candidates, manager, heartbeat);
    }

    @Bean
    @ConditionalOnProperty(name = ROLE, havingValue = "serve", matchIfMissing = true)
    Work teachWork(
            Experiment experiment,
            ModelStore store,
            NDManager manager,
            KafkaClients clients,
            StreamTopics topics,
            RecordLimits limits,
            MeterRegistry registry,
            StepTraces traces,
            Heartbeat heartbeat,
            ServiceProperties properties) {
        EnsembleFiles files = new EnsembleFiles(store, experiment.identities().ensembleId());
        PatientWork.Prerequisite trained = new PatientWork.Prerequisite(
                "ensemble " + files.ensembleId(),
                () -> files.isThere(experiment.recipe().ensemble()));
        return new PatientWork(
                TEACH,
                trained,
                properties.patience(),
                heartbeat,
                () -> new PipelineWork<>(
                        TEACH,
                        clients,
                        PipelineSettings.teach(
                                topics,
                                properties.replica(),
                                experiment.streamPlan().steps(),
                                limits),
                        RecordType.MINIBATCHES,
                        RecordType.LOGITS,
                        traces.around(
                                StepWork.TEACH,
                                new TeachStage(
                                        manager,
                                        experiment,
                                        files.load(manager, experiment.recipe().ensemble(), experiment.input()),
                                        new TeacherMeters(registry))),
                        StepGate.OPEN,
                        experiment.streamPlan(),
                        registry,
                        heartbeat));
    }
}
