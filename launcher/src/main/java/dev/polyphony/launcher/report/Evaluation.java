package dev.polyphony.launcher.report;

import dev.polyphony.scoring.CalibrationErrors;
import dev.polyphony.scoring.Diversity;
import dev.polyphony.scoring.ReliabilityBins;
import dev.polyphony.scoring.Scores;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A document of the evaluator: the scores of an ensemble, or of a student at one checkpoint.
 *
 * @param id of the ensemble or the run
 * @param nextStep steps that the student had applied; 0 for an ensemble
 * @param epoch epochs that the student had seen; 0 for an ensemble
 * @param provenance where the model comes from
 * @param splits scores by split, {@code test} and {@code validation}
 */
public record Evaluation(String id, long nextStep, int epoch, JsonNode provenance, Map<String, Split> splits) {

    public Evaluation {
        splits = Map.copyOf(splits);
    }

    /** The scores on the test split, or on the validation split where the recipe leaves the test split out. */
    public Split reported() {
        Split test = splits.get("test");
        Split found = test == null ? splits.get("validation") : test;
        if (found == null) {
            throw new IllegalStateException("the evaluation of " + id + " has neither test nor validation scores");
        }
        return found;
    }

    /** What {@link #reported} is called. */
    public String reportedSplit() {
        return splits.containsKey("test") ? "test" : "validation";
    }

    /** The split whose scores are drawn over epochs. */
    public String curveSplit() {
        return splits.containsKey("validation") ? "validation" : "test";
    }

    /**
     * Scores on one split; what needs a validation split is null or empty without one. Earlier versions wrote neither
     * calibration errors, risk and coverage, nor mutual information, which are null then.
     */
    public record Split(
            int samples,
            int classes,
            int members,
            Scores standard,
            @Nullable Double temperature,
            @Nullable Scores calibrated,
            @Nullable CalibrationErrors calibrationErrors,
            @Nullable CalibrationErrors calibrationErrorsCalibrated,
            @Nullable Double riskCoverageArea,
            @Nullable Double riskCoverageAreaCalibrated,
            List<Scores> perMember,
            List<Scores> perMemberCalibrated,
            double meanKld,
            double disagreement,
            @Nullable Double mutualInformation,
            @Nullable Double dee,
            @Nullable Double deeCalibrated,
            List<ReliabilityBins.Bin> reliability,
            List<ReliabilityBins.Bin> reliabilityCalibrated,
            List<Diversity.Bin> diversityBins) {

        public Split {
            perMember = List.copyOf(perMember);
            perMemberCalibrated = List.copyOf(perMemberCalibrated);
            reliability = List.copyOf(reliability);
            reliabilityCalibrated = List.copyOf(reliabilityCalibrated);
            diversityBins = List.copyOf(diversityBins);
        }
    }
}
