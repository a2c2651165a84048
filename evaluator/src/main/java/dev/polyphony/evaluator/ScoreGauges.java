package dev.polyphony.evaluator;

import dev.polyphony.evaluator.EvaluationDocument.SplitScores;
import dev.polyphony.evaluator.shift.ShiftDocument;
import dev.polyphony.scoring.Scores;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Map;
import java.util.SortedMap;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The latest scores as Prometheus sees them: one gauge by run, split and metric. */
final class ScoreGauges {

    private record Key(String run, String split, String metric) {}

    private final MeterRegistry registry;
    private final Map<Key, Double> values = new ConcurrentHashMap<>();

    ScoreGauges(MeterRegistry registry) {
        this.registry = registry;
    }

    void show(String run, SortedMap<String, SplitScores> splits) {
        splits.forEach((split, scores) -> {
            show(run, split, "", scores.standard());
            show(run, split, "calibrated_", scores.calibrated());
            set(new Key(run, split, "mean_kld"), scores.meanKld());
            set(new Key(run, split, "disagreement"), scores.disagreement());
            set(new Key(run, split, "dee"), scores.dee());
            set(new Key(run, split, "temperature"), scores.temperature());
            set(new Key(run, split, "dee_calibrated"), scores.deeCalibrated());
        });
    }

    /** Means over corruptions as splits test-severity-1 to -5, and out-of-distribution scores under the set's name. */
    void show(ShiftDocument document) {
        ShiftDocument.CorruptedScores corruptions = document.corruptions();
        if (corruptions != null) {
            corruptions
                    .bySeverity(ShiftDocument.Cell::standard)
                    .forEach((severity, mean) -> show(document.id(), "test-severity-" + severity, "", mean));
            corruptions
                    .bySeverity(ShiftDocument.Cell::calibrated)
                    .forEach((severity, mean) -> show(document.id(), "test-severity-" + severity, "calibrated_", mean));
        }
        document.outOfDistribution().forEach((set, scores) -> {
            set(new Key(document.id(), set, "mean_entropy"), scores.meanEntropyOut());
            set(new Key(document.id(), set, "auroc"), scores.auroc());
            set(new Key(document.id(), set, "aupr_in"), scores.auprIn());
            set(new Key(document.id(), set, "aupr_out"), scores.auprOut());
            set(new Key(document.id(), set, "fpr95"), scores.fpr95In());
        });
    }

    private void show(String run, String split, String prefix, @Nullable Scores scores) {
        if (scores != null) {
            set(new Key(run, split, prefix + "accuracy"), scores.accuracy());
            set(new Key(run, split, prefix + "nll"), scores.nll());
            set(new Key(run, split, prefix + "brier"), scores.brier());
            set(new Key(run, split, prefix + "ece"), scores.ece());
        }
    }

    private void set(Key key, @Nullable Double value) {
        if (value != null && values.put(key, value) == null) {
            Gauge.builder("polyphony.score", () -> values.get(key))
                    .description("Latest score by run (of the ensemble: its identity), split and metric")
                    .tag("run", key.run())
                    .tag("split", key.split())
                    .tag("metric", key.metric())
                    .strongReference(true)
                    .register(registry);
        }
    }
}
