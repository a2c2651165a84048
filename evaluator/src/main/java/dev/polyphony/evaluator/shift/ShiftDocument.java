package dev.polyphony.evaluator.shift;

import dev.polyphony.experiment.EvaluationPart.Corruptions;
import dev.polyphony.experiment.Provenance;
import dev.polyphony.scoring.Scores;
import dev.polyphony.scoring.shift.CorruptionScores;
import dev.polyphony.scoring.shift.CorruptionSummary;
import dev.polyphony.scoring.shift.OutOfDistribution;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Scores of one model on shifted images, as they are stored.
 *
 * @param id identity of the ensemble or the run
 * @param kind ensemble or student
 * @param modelSha256 of the student's file; of an ensemble, which its identity determines, empty
 * @param provenance where the scores come from
 * @param corruptions on corrupted test images; null if the recipe asks for none
 * @param outOfDistribution by name of the set, against the test split
 */
public record ShiftDocument(
        String id,
        String kind,
        String modelSha256,
        Provenance provenance,
        @Nullable CorruptedScores corruptions,
        Map<String, OutOfDistribution> outOfDistribution) {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    /**
     * Scores on corrupted images.
     *
     * @param source local or published
     * @param cells by corruption, then severity
     */
    public record CorruptedScores(String source, List<Cell> cells) {

        /** Means over all corruptions, by severity. */
        public SortedMap<Integer, Scores> bySeverity(Function<Cell, Scores> which) {
            SortedMap<Integer, Scores> means = new TreeMap<>();
            CorruptionSummary summary = CorruptionSummary.of(cells.stream()
                    .map(cell -> new CorruptionScores(cell.corruption(), cell.severity(), which.apply(cell)))
                    .toList());
            for (CorruptionSummary.Severity severity : summary.bySeverity()) {
                means.put(
                        severity.severity(),
                        new Scores(
                                severity.accuracy().mean(),
                                severity.nll().mean(),
                                severity.brier().mean(),
                                severity.ece().mean()));
            }
            return means;
        }
    }

    /**
     * Scores on the test split under one corruption.
     *
     * @param severity 1 to 5
     * @param calibrated at the temperature of the clean validation split
     */
    public record Cell(String corruption, int severity, Scores standard, Scores calibrated) {}

    byte[] toBytes() {
        return JSON.writeValueAsBytes(this);
    }

    /** Whether these bytes are a document of this model that holds all that is asked for. */
    static boolean covers(byte[] document, String modelSha256, ShiftedImages images) {
        try {
            JsonNode tree = JSON.readTree(document);
            return tree.path("modelSha256").asString("").equals(modelSha256)
                    && tree.path("corruptions").path("source").asString("none").equals(name(images.source()))
                    && images.outOfDistribution().keySet().stream().allMatch(tree.path("outOfDistribution")::has);
        } catch (JacksonException noDocument) {
            return false;
        }
    }

    static String name(Corruptions source) {
        return source.name().toLowerCase(Locale.ROOT);
    }
}
