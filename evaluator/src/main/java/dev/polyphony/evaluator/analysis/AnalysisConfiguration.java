package dev.polyphony.evaluator.analysis;

import ai.djl.ndarray.NDManager;
import dev.polyphony.datasets.Experiment;
import dev.polyphony.evaluator.shift.ShiftScores;
import dev.polyphony.experiment.Provenance;
import dev.polyphony.models.store.ModelStore;
import dev.polyphony.streaming.service.Heartbeat;
import dev.polyphony.streaming.service.Work;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
@ConditionalOnProperty(name = "polyphony.mode", havingValue = "analyse")
class AnalysisConfiguration {

    @Bean
    Work analysisWork(
            Experiment experiment,
            ModelStore store,
            NDManager manager,
            ShiftScores shift,
            Provenance provenance,
            Heartbeat heartbeat) {
        return new AnalysisWork(experiment, manager, store, AnalysisSizes.USUAL, shift, provenance, heartbeat);
    }
}
