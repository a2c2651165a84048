package dev.polyphony.evaluator;

import dev.polyphony.experiment.Provenance;
import dev.polyphony.scoring.Assessment;
import dev.polyphony.scoring.CalibrationErrors;
import dev.polyphony.scoring.Diversity;
import dev.polyphony.scoring.ReliabilityBins;
import dev.polyphony.scoring.Scores;
import java.util.List;
import java.util.OptionalDouble;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * The scores of an ensemble or of one student checkpoint, as they are stored and published.
 *
 * @param id identity of the ensemble or the run
 * @param kind ensemble or student
 * @param nextStep steps the student had applied; 0 for an ensemble
 * @param epoch epochs the student had seen; 0 for an ensemble
 * @param checkpointSha256 of the scored file; empty for an ensemble
 * @param provenance where the model comes from
 * @param splits scores by split: those that the recipe asks for, and of a student {@code validation} in any case
 */
record EvaluationDocument(
        String id,
        String kind,
        long nextStep,
        int epoch,
        String checkpointSha256,
        Provenance provenance,
        SortedMap<String, SplitScores> splits) {

    static final JsonMapper JSON = JsonMapper.builder().build();

    byte[] toBytes() {
        return JSON.writeValueAsBytes(this);
    }

    /**
     * Scores on one split. Deep ensemble equivalents are measured against the sub-ensembles of the run's own ensemble,
     * and null if that no longer exists.
     *
     * @param dee by negative log-likelihood
     * @param deeCalibrated by calibrated negative log-likelihood
     */
    record SplitScores(
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
            List<Scores> perMemberCalibrated,
            double meanKld,
            double disagreement,
            double mutualInformation,
            @Nullable Double dee,
            @Nullable Double deeCalibrated,
            List<ReliabilityBins.Bin> reliability,
            List<ReliabilityBins.Bin> reliabilityCalibrated,
            List<Diversity.Bin> diversityBins) {

        static SplitScores of(Assessment scores, @Nullable Double dee, @Nullable Double deeCalibrated) {
            return new SplitScores(
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
                    scores.perMemberCalibrated(),
                    scores.meanKld(),
                    scores.disagreement(),
                    scores.mutualInformation(),
                    dee,
                    deeCalibrated,
                    scores.reliability(),
                    scores.reliabilityCalibrated(),
                    scores.diversityBins());
        }

        private static @Nullable Double nullable(OptionalDouble value) {
            return value.isPresent() ? value.getAsDouble() : null;
        }
    }
}
