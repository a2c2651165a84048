package dev.polyphony.evaluator.shift;

import dev.polyphony.datasets.ShiftedImages;
import dev.polyphony.experiment.EvaluationPart.Corruptions;
import dev.polyphony.experiment.Provenance;
import dev.polyphony.scoring.Scores;
import dev.polyphony.scoring.shift.CorruptionScores;
import dev.polyphony.scoring.shift.CorruptionSummary;
import dev.polyphony.scoring.shift.OutOfDistribution;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * Scores of one model on shifted images, as they are stored.
 *
 * @param id identity of the ensemble or the run
 * @param kind ensemble or student
 * @param modelSha256 of the student's file; of an ensemble, which its identity determines, empty
 * @param provenance where the newest of the scores come from
 * @param corruptions on corrupted test images; null if no recipe has asked for them
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

    public ShiftDocument {
        outOfDistribution = Collections.unmodifiableMap(new TreeMap<>(outOfDistribution));
    }

    /**
     * Scores on corrupted images.
     *
     * @param source local or published
     * @param cells by corruption, then severity
     */
    public record CorruptedScores(String source, List<Cell> cells) {

        public CorruptedScores {
            cells = List.copyOf(cells);
        }

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

    /** These scores, and those of an earlier document of the same model that are not among them. */
    ShiftDocument with(Stored earlier) {
        Map<String, OutOfDistribution> all = new TreeMap<>(earlier.outOfDistribution);
        all.putAll(outOfDistribution);
        return new ShiftDocument(
                id, kind, modelSha256, provenance, corruptions == null ? earlier.corruptions : corruptions, all);
    }

    /** The scores of a stored document: all of it but where they come from, which later versions may tell differently. */
    record Stored(
            String modelSha256,
            @Nullable CorruptedScores corruptions,
            Map<String, OutOfDistribution> outOfDistribution) {

        Stored {
            Objects.requireNonNull(modelSha256);
            outOfDistribution = new TreeMap<>(outOfDistribution);
        }

        /** What these bytes hold of this model; empty if they are no document, or another model's. */
        static Optional<Stored> read(byte[] document, String modelSha256) {
            try {
                return Optional.of(JSON.readValue(document, Stored.class))
                        .filter(found -> found.modelSha256.equals(modelSha256));
            } catch (JacksonException noDocument) {
                return Optional.empty();
            }
        }

        /** Whether it holds all that is asked for. */
        boolean covers(ShiftedImages images) {
            boolean corrupted = images.source() == Corruptions.NONE
                    || (corruptions != null && corruptions.source().equals(name(images.source())));
            return corrupted
                    && outOfDistribution
                            .keySet()
                            .containsAll(images.outOfDistribution().keySet());
        }
    }

    static String name(Corruptions source) {
        return source.name().toLowerCase(Locale.ROOT);
    }
}
