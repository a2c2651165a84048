package dev.polyphony.evaluator;

import ai.djl.ndarray.NDManager;
import dev.polyphony.datasets.Experiment;
import dev.polyphony.datasets.ShiftedImages;
import dev.polyphony.evaluator.shift.ShiftScores;
import dev.polyphony.experiment.ImportedEnsembles;
import dev.polyphony.experiment.Provenance;
import dev.polyphony.models.Ensemble;
import dev.polyphony.models.Inference;
import dev.polyphony.models.engine.EngineStart;
import dev.polyphony.models.networks.Networks;
import dev.polyphony.models.store.EngineProvenance;
import dev.polyphony.models.store.EnsembleFiles;
import dev.polyphony.models.store.ImportedEnsembleFiles;
import dev.polyphony.models.store.ModelStore;
import dev.polyphony.streaming.KafkaClients;
import dev.polyphony.streaming.RecordLimits;
import dev.polyphony.streaming.StreamTopics;
import dev.polyphony.streaming.service.Heartbeat;
import dev.polyphony.streaming.service.PatientWork;
import dev.polyphony.streaming.service.ServiceProperties;
import dev.polyphony.streaming.service.Work;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(EvaluatorProperties.class)
class EvaluatorConfiguration {

    private static final Logger LOG = LoggerFactory.getLogger(EvaluatorConfiguration.class);
    private static final String MODE = "polyphony.mode";

    @Bean
    NDManager manager() {
        return EngineStart.manager(true);
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
    Provenance provenance(Experiment experiment) {
        return EngineProvenance.of(
                experiment.recipe(),
                experiment.identities(),
                experiment.dataset().checksums());
    }

    /** Opened now, so that a missing file is told before any work is done. */
    @Bean
    ShiftScores shift(
            Experiment experiment,
            NDManager manager,
            ModelStore store,
            Provenance provenance,
            ServiceProperties properties,
            EvaluatorProperties evaluator) {
        return new ShiftScores(
                experiment,
                manager,
                store,
                provenance,
                ShiftedImages.open(experiment, properties.data()),
                evaluator.ensembleOptional());
    }

    /** Needs the stream's topics only so that they are there. */
    @Bean
    @ConditionalOnProperty(name = MODE, havingValue = "evaluate", matchIfMissing = true)
    Announcements announcements(Experiment experiment, KafkaClients clients, RecordLimits limits, StreamTopics topics) {
        return new Announcements(clients, limits, experiment.identities().runId());
    }

    @Bean
    @ConditionalOnProperty(name = MODE, havingValue = "evaluate", matchIfMissing = true)
    Work work(
            Experiment experiment,
            NDManager manager,
            ModelStore store,
            ShiftScores shift,
            Announcements announcements,
            MeterRegistry registry,
            Provenance provenance,
            Heartbeat heartbeat,
            ServiceProperties service,
            EvaluatorProperties properties) {
        ScoreGauges gauges = new ScoreGauges(registry);
        EnsembleFiles files = new EnsembleFiles(store, experiment.identities().ensembleId());
        PatientWork.Prerequisite trained = new PatientWork.Prerequisite(
                "ensemble " + files.ensembleId(),
                () -> properties.ensembleOptional()
                        || files.isThere(experiment.recipe().ensemble()));
        return new PatientWork(
                "evaluate",
                trained,
                service.patience(),
                heartbeat,
                () -> new EvaluatorWork(
                        experiment,
                        manager,
                        store,
                        Networks.student(experiment.recipe().student(), experiment.input()),
                        () -> examineEnsemble(
                                experiment, manager, files, gauges, provenance, properties.ensembleOptional()),
                        shift,
                        announcements,
                        gauges,
                        provenance,
                        heartbeat));
    }

    private static Examiner examineEnsemble(
            Experiment experiment,
            NDManager manager,
            EnsembleFiles files,
            ScoreGauges gauges,
            Provenance provenance,
            boolean optional) {
        String ensembleId = files.ensembleId();
        if (optional && !files.isThere(experiment.recipe().ensemble())) {
            LOG.warn("ensemble {} is not in the model store: the student is scored without it", ensembleId);
            return Examiner.withoutEnsemble(experiment);
        }
        try (Ensemble ensemble = files.load(manager, experiment.recipe().ensemble(), experiment.input())) {
            Examiner examiner = new Examiner(experiment, pixels -> Inference.logits(manager, ensemble, pixels));
            gauges.show(ensembleId, 0, examiner.ensembleScores());
            EvaluationDocument document = new EvaluationDocument(
                    ensembleId, "ensemble", 0, 0, "", provenance, new TreeMap<>(examiner.ensembleScores()));
            files.store().put(files.evaluation(), document.toBytes());
            return examiner;
        }
    }
}
