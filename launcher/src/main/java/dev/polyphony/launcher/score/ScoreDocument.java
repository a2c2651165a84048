package dev.polyphony.launcher.score;

import dev.polyphony.scoring.Assessment;
import dev.polyphony.scoring.Scores;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.json.JsonMapper;

/** What {@code score --json} prints: the keys, in this order. Fractions, not percent. */
record ScoreDocument(
        int samples,
        int classes,
        int members,
        Scores standard,
        @Nullable Double temperature,
        @Nullable Scores calibrated,
        List<Scores> perMember,
        double meanKld,
        double disagreement) {

    private static final JsonMapper JSON = JsonMapper.builder()
            .disable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
            .build();

    static ScoreDocument of(Assessment scores) {
        return new ScoreDocument(
                scores.samples(),
                scores.classes(),
                scores.members(),
                scores.standard(),
                scores.temperature().isPresent() ? scores.temperature().getAsDouble() : null,
                scores.calibrated().orElse(null),
                scores.perMember(),
                scores.meanKld(),
                scores.disagreement());
    }

    String toJson() {
        return JSON.writeValueAsString(this);
    }
}
