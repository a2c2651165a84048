package dev.polyphony.launcher.figures;

import dev.polyphony.figures.TrainingCurves;
import dev.polyphony.figures.TrainingCurves.Curve;
import dev.polyphony.figures.TrainingCurves.Panel;
import dev.polyphony.launcher.report.Evaluation;
import dev.polyphony.launcher.report.Evaluation.Split;
import dev.polyphony.launcher.report.RunFacts;
import dev.polyphony.launcher.report.RunFacts.Point;
import dev.polyphony.scoring.Scores;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/** Loss terms and scores by epoch, as a figure. */
final class TrainingFigures {

    private TrainingFigures() {}

    static void ofRun(MeasuredRun measured, FigureSection section) {
        RunFacts facts = measured.run().facts();
        if (facts.curves().isEmpty()) {
            section.leaveOut("training curves", "the run has kept none");
            return;
        }
        Evaluation teachers = facts.ensemble();
        String split = (teachers == null ? facts.student() : teachers).curveSplit();
        section.draw(
                "training",
                "Loss terms by epoch, mean over its steps and the subnetworks, before weighting; and what the"
                        + " checkpoints score on " + split + " images, together and as the mean of the subnetworks.",
                () -> TrainingCurves.of(panels(facts, split)));
    }

    private static List<Panel> panels(RunFacts facts, String split) {
        List<Panel> panels = new ArrayList<>(List.of(losses(facts.curves())));
        List<Evaluation> scored = facts.checkpoints().stream()
                .filter(checkpoint -> checkpoint.splits().containsKey(split))
                .toList();
        if (!scored.isEmpty()) {
            panels.add(scores("error rate (" + split + ")", scored, split, scores -> 1 - scores.accuracy()));
            panels.add(scores("NLL (nats, " + split + ")", scored, split, Scores::nll));
        }
        return panels;
    }

    private static Panel losses(List<Point> points) {
        List<Curve> curves = new ArrayList<>();
        add(curves, "minimised loss", points, Point::loss);
        add(curves, "cross-entropy", points, Point::crossEntropy);
        add(curves, "divergence", points, Point::divergence);
        return panel("loss terms (nats)", curves);
    }

    /** Logarithmic, since the first epochs are far from the last, unless a value is 0. */
    private static Panel panel(String quantity, List<Curve> curves) {
        boolean positive = curves.stream()
                .flatMap(curve -> Arrays.stream(curve.runs()))
                .flatMapToDouble(Arrays::stream)
                .allMatch(value -> value > 0);
        return new Panel(quantity, positive, curves);
    }

    /** A term that is 0 throughout, as the divergence is without distillation, has no curve. */
    private static void add(List<Curve> curves, String name, List<Point> points, ToDoubleFunction<Point> term) {
        TreeMap<Integer, Double> means = points.stream()
                .collect(Collectors.groupingBy(Point::epoch, TreeMap::new, Collectors.averagingDouble(term)));
        if (means.values().stream().anyMatch(mean -> mean != 0)) {
            curves.add(new Curve(
                    name, means.keySet().stream().mapToInt(epoch -> epoch + 1).toArray(), new double[][] {
                        means.values().stream().mapToDouble(Double::doubleValue).toArray()
                    }));
        }
    }

    private static Panel scores(
            String quantity, List<Evaluation> checkpoints, String split, ToDoubleFunction<Scores> score) {
        int[] epochs = checkpoints.stream().mapToInt(Evaluation::epoch).toArray();
        List<Split> scored = checkpoints.stream()
                .flatMap(checkpoint -> checkpoint.splits().entrySet().stream())
                .filter(entry -> entry.getKey().equals(split))
                .map(Map.Entry::getValue)
                .toList();
        return panel(
                quantity,
                List.of(
                        new Curve("student", epochs, values(scored, one -> score.applyAsDouble(one.standard()))),
                        new Curve("its subnetworks", epochs, values(scored, one -> one.perMember().stream()
                                .mapToDouble(score)
                                .average()
                                .orElseThrow()))));
    }

    private static double[][] values(List<Split> scored, ToDoubleFunction<Split> value) {
        return new double[][] {scored.stream().mapToDouble(value).toArray()};
    }
}
