package dev.polyphony.launcher.report;

import dev.polyphony.datasets.Experiment;
import dev.polyphony.launcher.WorkDirectory;
import dev.polyphony.launcher.report.Evaluation.Split;
import dev.polyphony.scoring.Scores;
import org.jspecify.annotations.Nullable;

/**
 * The scores of a finished run that others compare.
 *
 * @param split what they were measured on: {@code test}, or {@code validation} where the recipe leaves the test split out
 * @param ensemble of the teachers together; null if they were deleted before the student was scored
 * @param student of the chosen student
 */
public record RunScores(String split, @Nullable ModelScores ensemble, ModelScores student) {

    /**
     * Reads the scores of a run.
     *
     * @throws IllegalStateException if the run is not finished
     */
    public static RunScores of(WorkDirectory work, Experiment experiment) {
        RunFacts facts = RunFacts.read(
                work.store(),
                experiment.identities().ensembleId(),
                experiment.identities().runId());
        Evaluation ensemble = facts.ensemble();
        return new RunScores(
                facts.student().reportedSplit(),
                ensemble == null ? null : ModelScores.of(ensemble.reported()),
                ModelScores.of(facts.student().reported()));
    }

    /**
     * Scores of one model.
     *
     * @param standard as it is
     * @param calibrated at the temperature fitted on the validation split; null without one
     * @param dee deep ensemble equivalent by NLL; null if it was not measured
     * @param deeCalibrated the same by calibrated NLL
     * @param meanKld of its members, nats
     */
    public record ModelScores(
            Scores standard,
            @Nullable Scores calibrated,
            @Nullable Double dee,
            @Nullable Double deeCalibrated,
            double meanKld) {

        static ModelScores of(Split split) {
            return new ModelScores(
                    split.standard(), split.calibrated(), split.dee(), split.deeCalibrated(), split.meanKld());
        }
    }
}
