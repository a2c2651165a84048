package dev.polyphony.launcher.score;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.polyphony.scoring.Assessment;
import dev.polyphony.scoring.CalibrationErrors;
import dev.polyphony.scoring.Scores;
import java.util.List;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * What {@code polyphony score --json} prints; fractions, not percent.
 *
 * @param temperature left out without a validation split, as is all that is calibrated
 * @param calibrationErrors ECE in equal-width and in equal-mass bins, and class-wise
 * @param riskCoverageArea error of selective prediction averaged over coverages (AURC)
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record ScoreDocument(
        int samples,
        int classes,
        int members,
        Scores standard,
        @Nullable Double temperature,
        @Nullable Scores calibrated,
        CalibrationErrors calibrationErrors,
        @Nullable CalibrationErrors calibrationErrorsCalibrated,
        double riskCoverageArea,
        @Nullable Double riskCoverageAreaCalibrated,
        List<Scores> perMember,
        double meanKld,
        double disagreement,
        double mutualInformation) {

    static ScoreDocument of(Assessment scores) {
        return new ScoreDocument(
                scores.samples(),
                scores.classes(),
                scores.members(),
                scores.standard(),
                nullable(scores.temperature()),
                scores.calibrated().orElse(null),
                scores.calibrationErrors(),
                scores.calibrationErrorsCalibrated().orElse(null),
                scores.riskCoverageArea(),
                nullable(scores.riskCoverageAreaCalibrated()),
                scores.perMember(),
                scores.meanKld(),
                scores.disagreement(),
                scores.mutualInformation());
    }

    private static @Nullable Double nullable(OptionalDouble value) {
        return value.isPresent() ? value.getAsDouble() : null;
    }

    String toJson() {
        return JsonMapper.builder().build().writeValueAsString(this);
    }
}
