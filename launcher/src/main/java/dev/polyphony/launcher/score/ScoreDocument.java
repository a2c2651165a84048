package dev.polyphony.launcher.score;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.polyphony.scoring.Assessment;
import dev.polyphony.scoring.Scores;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * What {@code polyphony score --json} prints; fractions, not percent.
 *
 * @param temperature left out without a validation split, as is {@code calibrated}
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
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
        return JsonMapper.builder().build().writeValueAsString(this);
    }
}
