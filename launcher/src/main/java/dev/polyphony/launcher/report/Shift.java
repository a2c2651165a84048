package dev.polyphony.launcher.report;

import dev.polyphony.experiment.EvaluationPart;
import dev.polyphony.scoring.Scores;
import dev.polyphony.scoring.shift.CorruptionScores;
import dev.polyphony.scoring.shift.CorruptionSummary;
import dev.polyphony.scoring.shift.OutOfDistribution;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The evaluator's {@code shift.json} of a run or an ensemble.
 *
 * @param modelSha256 of the model that was scored
 * @param corruptions scores on corrupted images; null if the recipe asks for none
 * @param outOfDistribution by the name of the other set of images
 */
public record Shift(
        String modelSha256, @Nullable Corruptions corruptions, Map<String, OutOfDistribution> outOfDistribution) {

    /** Its name beside the model. */
    public static final String FILE = "shift.json";

    public Shift {
        Objects.requireNonNull(modelSha256, "modelSha256 is missing");
        outOfDistribution = new TreeMap<>(outOfDistribution);
    }

    /** Whether it holds all that a recipe asks for. */
    public boolean covers(EvaluationPart evaluation) {
        String wanted = evaluation.corruptions().name().toLowerCase(Locale.ROOT);
        boolean corrupted = evaluation.corruptions() == EvaluationPart.Corruptions.NONE
                || (corruptions != null && corruptions.source().equals(wanted));
        return corrupted && outOfDistribution.keySet().containsAll(evaluation.outOfDistribution());
    }

    /**
     * Scores on corrupted test images.
     *
     * @param source {@code local} or {@code published}
     * @param cells one for each corruption and severity
     */
    public record Corruptions(String source, List<Cell> cells) {

        public Corruptions {
            cells = List.copyOf(cells);
        }

        /**
         * Boxes over corruptions by severity, and means over all.
         *
         * @param scores which of a cell's
         * @throws IllegalArgumentException if a corruption is missing at a severity
         */
        public CorruptionSummary summary(Function<Cell, Scores> scores) {
            return CorruptionSummary.of(cells.stream()
                    .map(cell -> new CorruptionScores(cell.corruption(), cell.severity(), scores.apply(cell)))
                    .toList());
        }
    }

    /**
     * One corruption at one severity.
     *
     * @param severity 1 to 5
     * @param standard scores as they are
     * @param calibrated at the temperature fitted on clean validation images; null without one
     */
    public record Cell(
            String corruption,
            int severity,
            Scores standard,
            @Nullable Scores calibrated) {

        public Cell {
            Objects.requireNonNull(standard, "the scores of a corruption are missing");
        }
    }
}
