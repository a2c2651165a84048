package dev.polyphony.evaluator;

import dev.polyphony.evaluator.EvaluationDocument.SplitScores;
import dev.polyphony.evaluator.shift.ShiftDocument;
import dev.polyphony.scoring.Scores;
import dev.polyphony.streaming.meters.EvaluatorMeter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The latest scores as Prometheus sees them: one gauge by run, split, member and metric. */
final class ScoreGauges {

    /** All members as one. */
    private static final String ENSEMBLE = "ensemble";

    private record Key(String run, String split, String member, String metric) {}

    private final MeterRegistry registry;
    private final Timer evaluation;
    private final Map<Key, Double> values = new ConcurrentHashMap<>();
    private final Map<String, Double> steps = new ConcurrentHashMap<>();

    ScoreGauges(MeterRegistry registry) {
        this.registry = registry;
        this.evaluation = EvaluatorMeter.EVALUATION_TIME.timer(registry);
    }

    void took(long nanos) {
        evaluation.record(nanos, TimeUnit.NANOSECONDS);
    }

    /**
     * Shows the scores of a checkpoint, or of an ensemble.
     *
     * @param nextStep steps the student had applied; 0 for an ensemble
     */
    void show(String run, long nextStep, SortedMap<String, SplitScores> splits) {
        if (steps.put(run, (double) nextStep) == null) {
            EvaluatorMeter.EVALUATED_STEP.gauge(registry, () -> steps.getOrDefault(run, Double.NaN), run);
        }
        splits.forEach((split, scores) -> {
            show(run, split, ENSEMBLE, "", scores.standard());
            show(run, split, ENSEMBLE, "calibrated_", scores.calibrated());
            members(run, split, "", scores.perMember());
            members(run, split, "calibrated_", scores.perMemberCalibrated());
            set(new Key(run, split, ENSEMBLE, "mean_kld"), scores.meanKld());
            set(new Key(run, split, ENSEMBLE, "disagreement"), scores.disagreement());
            set(new Key(run, split, ENSEMBLE, "mutual_information"), scores.mutualInformation());
            set(new Key(run, split, ENSEMBLE, "dee"), scores.dee());
            set(new Key(run, split, ENSEMBLE, "calibrated_dee"), scores.deeCalibrated());
            set(new Key(run, split, ENSEMBLE, "temperature"), scores.temperature());
        });
    }

    /** Means over corruptions as splits test-severity-1 to -5, and out-of-distribution scores under the set's name. */
    void show(ShiftDocument document) {
        String run = document.id();
        ShiftDocument.CorruptedScores corruptions = document.corruptions();
        if (corruptions != null) {
            corruptions
                    .bySeverity(ShiftDocument.Cell::standard)
                    .forEach((severity, mean) -> show(run, "test-severity-" + severity, ENSEMBLE, "", mean));
            corruptions
                    .bySeverity(ShiftDocument.Cell::calibrated)
                    .forEach((severity, mean) -> show(run, "test-severity-" + severity, ENSEMBLE, "calibrated_", mean));
        }
        document.outOfDistribution().forEach((set, scores) -> {
            set(new Key(run, set, ENSEMBLE, "mean_entropy"), scores.meanEntropyOut());
            set(new Key(run, set, ENSEMBLE, "auroc"), scores.auroc());
            set(new Key(run, set, ENSEMBLE, "aupr_in"), scores.auprIn());
            set(new Key(run, set, ENSEMBLE, "aupr_out"), scores.auprOut());
            set(new Key(run, set, ENSEMBLE, "fpr95"), scores.fpr95In());
        });
    }

    private void members(String run, String split, String prefix, List<Scores> members) {
        for (int member = 0; member < members.size(); member++) {
            show(run, split, Integer.toString(member), prefix, members.get(member));
        }
    }

    private void show(String run, String split, String member, String prefix, @Nullable Scores scores) {
        if (scores != null) {
            set(new Key(run, split, member, prefix + "accuracy"), scores.accuracy());
            set(new Key(run, split, member, prefix + "nll"), scores.nll());
            set(new Key(run, split, member, prefix + "brier"), scores.brier());
            set(new Key(run, split, member, prefix + "ece"), scores.ece());
        }
    }

    private void set(Key key, @Nullable Double value) {
        if (value != null && values.put(key, value) == null) {
            EvaluatorMeter.SCORE.gauge(
                    registry,
                    () -> values.getOrDefault(key, Double.NaN),
                    key.run(),
                    key.split(),
                    key.member(),
                    key.metric());
        }
    }
}
