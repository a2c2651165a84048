package dev.polyphony.launcher.figures;

import dev.polyphony.figures.ReliabilityDiagram;
import dev.polyphony.figures.ReliabilityDiagram.Bin;
import dev.polyphony.figures.ReliabilityDiagram.Panel;
import dev.polyphony.launcher.report.Evaluation;
import dev.polyphony.launcher.report.Evaluation.Split;
import dev.polyphony.scoring.ReliabilityBins;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Confidence against accuracy before and after temperature scaling, as figures. */
final class ReliabilityFigures {

    private ReliabilityFigures() {}

    static void ofRun(MeasuredRun measured, FigureSection section) {
        draw("student", measured.run().facts().student(), section);
        Evaluation ensemble = measured.run().facts().ensemble();
        if (ensemble == null) {
            section.leaveOut("reliability of the teachers", "the ensemble is not in the model store any more");
        } else {
            draw("teachers", ensemble, section);
        }
    }

    private static void draw(String who, Evaluation evaluation, FigureSection section) {
        Split split = evaluation.reported();
        section.draw(
                "reliability-" + who,
                String.format(
                        Locale.ROOT,
                        "How often the %s is right at each confidence, on %d %s images, before and after temperature"
                                + " scaling.",
                        who.equals("student") ? "student" : "teacher ensemble",
                        split.samples(),
                        evaluation.reportedSplit()),
                () -> ReliabilityDiagram.of(panels(who, split)));
    }

    private static List<Panel> panels(String who, Split split) {
        List<Panel> panels = new ArrayList<>();
        panels.add(new Panel(who + ", before (T = 1)", bins(split.reliability())));
        Double temperature = split.temperature();
        if (temperature != null && !split.reliabilityCalibrated().isEmpty()) {
            String after = String.format(Locale.ROOT, "%s, after (T = %.2f)", who, temperature);
            panels.add(new Panel(after, bins(split.reliabilityCalibrated())));
        }
        return panels;
    }

    private static List<Bin> bins(List<ReliabilityBins.Bin> bins) {
        return bins.stream()
                .map(bin -> new Bin(bin.count(), bin.confidence(), bin.accuracy()))
                .toList();
    }
}
