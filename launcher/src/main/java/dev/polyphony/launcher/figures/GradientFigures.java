package dev.polyphony.launcher.figures;

import dev.polyphony.experiment.StreamPart;
import dev.polyphony.figures.Figure;
import dev.polyphony.figures.Histogram;
import dev.polyphony.figures.Histogram.Counts;
import dev.polyphony.launcher.figures.Analysis.Ratios;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** How noisy the gradients are that make Jacobians alike, as a figure (paper, sec. 5.3, fig. 4). */
final class GradientFigures {

    private static final int BINS = 24;

    private GradientFigures() {}

    static void ofRun(MeasuredRun measured, FigureSection section) {
        Ratios ratios = measured.analysis().signalToNoise();
        if (finite(ratios.gaussian()).length == 0 || finite(ratios.ods()).length == 0) {
            section.leaveOut("signal-to-noise ratios", "there are none that are finite");
            return;
        }
        StreamPart stream = measured.run().recipe().stream();
        section.draw(
                "signal-to-noise",
                String.format(
                        Locale.ROOT,
                        "Signal-to-noise ratio of the gradient of the term that matches Jacobians, for %d training images"
                                + " with %d draws of the perturbation each, of step size %s.",
                        ratios.images(),
                        ratios.draws(),
                        Legend.stepSize(stream)),
                () -> figure(finite(ratios.gaussian()), Legend.ods(stream), finite(ratios.ods())));
    }

    private static Figure figure(double[] gaussian, String odsName, double[] ods) {
        double high = Math.max(largest(gaussian), largest(ods));
        return Histogram.ofCounts(
                "signal-to-noise ratio of the gradient",
                0,
                high,
                List.of(counts("Gaussian", gaussian, high), counts(odsName, ods, high)));
    }

    private static double largest(double[] ratios) {
        return Arrays.stream(ratios).max().orElseThrow();
    }

    private static Counts counts(String name, double[] ratios, double high) {
        return new Counts(
                name,
                Arrays.stream(ratios).average().orElseThrow(),
                dev.polyphony.scoring.statistics.Histogram.of(ratios, 0, high, BINS)
                        .counts());
    }

    /** Gradients that do not vary at all have an infinite ratio. */
    static double[] finite(List<Double> ratios) {
        return ratios.stream()
                .mapToDouble(Double::doubleValue)
                .filter(Double::isFinite)
                .toArray();
    }
}
