package dev.polyphony.launcher.report;

import dev.polyphony.launcher.report.Evaluation.Split;
import dev.polyphony.scoring.Diversity;
import dev.polyphony.scoring.ReliabilityBins;
import dev.polyphony.scoring.Scores;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * The numbers that the page's script draws.
 *
 * @param curves loss terms by step
 * @param epochs scores of the student by epoch
 * @param teachers scores of the ensemble on the same split; null if it no longer exists
 * @param split which split those scores are on
 * @param selectedEpoch epoch whose student is reported
 * @param reliability a diagram before temperature scaling and, if there is a temperature, one after
 * @param diversity divergences by confidence
 */
record ChartData(
        List<RunFacts.Point> curves,
        List<Epoch> epochs,
        @Nullable Scores teachers,
        String split,
        int selectedEpoch,
        List<Reliability> reliability,
        List<Boxes> diversity) {

    private static final JsonMapper JSON = new JsonMapper();

    static ChartData of(RunFacts facts, @Nullable StreamSamples samples, String perturbation) {
        Evaluation teachers = facts.ensemble();
        String split = (teachers == null ? facts.student() : teachers).curveSplit();
        List<Epoch> epochs = new ArrayList<>();
        for (Evaluation checkpoint : facts.checkpoints()) {
            Split scores = checkpoint.splits().get(split);
            if (scores != null) {
                epochs.add(Epoch.of(checkpoint.epoch(), scores));
            }
        }
        Split ensemble = teachers == null ? null : teachers.reported();
        Split student = facts.student().reported();
        List<Boxes> diversity = new ArrayList<>();
        String images = facts.student().reportedSplit() + " images";
        if (ensemble != null) {
            diversity.add(new Boxes("teachers, clean " + images, ensemble.meanKld(), ensemble.diversityBins()));
        }
        if (samples != null) {
            diversity.add(
                    new Boxes("teachers, stream images, " + perturbation, samples.meanKld(), samples.diversityBins()));
        }
        diversity.add(new Boxes("student, clean " + images, student.meanKld(), student.diversityBins()));
        Split onSplit = teachers == null ? null : teachers.splits().getOrDefault(split, ensemble);
        return new ChartData(
                facts.curves(),
                epochs,
                onSplit == null ? null : onSplit.standard(),
                split,
                facts.summary().selectedEpoch(),
                reliability(ensemble, student),
                diversity);
    }

    private static List<Reliability> reliability(@Nullable Split ensemble, Split student) {
        List<Reliability> diagrams = new ArrayList<>();
        List<ReliabilityBins.Bin> before = ensemble == null ? List.of() : ensemble.reliability();
        diagrams.add(new Reliability("before temperature scaling", before, student.reliability()));
        List<ReliabilityBins.Bin> after = ensemble == null ? List.of() : ensemble.reliabilityCalibrated();
        if ((ensemble == null || !after.isEmpty())
                && !student.reliabilityCalibrated().isEmpty()) {
            diagrams.add(new Reliability("after temperature scaling", after, student.reliabilityCalibrated()));
        }
        return diagrams;
    }

    /** As JSON that may stand in a page's script element. */
    String toJson() {
        return JSON.writeValueAsString(this).replace("<", "\\u003c");
    }

    /** Scores of the student, and of its subnetworks on average, after an epoch. */
    record Epoch(int epoch, double accuracy, double nll, double subnetworkAccuracy, double subnetworkNll) {

        static Epoch of(int epoch, Split scores) {
            return new Epoch(
                    epoch,
                    scores.standard().accuracy(),
                    scores.standard().nll(),
                    scores.perMember().stream()
                            .mapToDouble(Scores::accuracy)
                            .average()
                            .orElseThrow(),
                    scores.perMember().stream()
                            .mapToDouble(Scores::nll)
                            .average()
                            .orElseThrow());
        }
    }

    /** A reliability diagram; without an ensemble its bins are empty. */
    record Reliability(String title, List<ReliabilityBins.Bin> ensemble, List<ReliabilityBins.Bin> student) {}

    /** A series of boxes. */
    record Boxes(String name, double meanKld, List<Diversity.Bin> bins) {}
}
