package dev.polyphony.launcher.figures;

import dev.polyphony.figures.Histogram;
import dev.polyphony.figures.Histogram.Series;
import dev.polyphony.launcher.figures.Analysis.Ratios;
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
        section.draw(
                "signal-to-noise",
                String.format(
                        Locale.ROOT,
                        "Signal-to-noise ratio of the gradient of the term that matches Jacobians, for %d training images"
                                + " with %d draws each.",
                        ratios.images(),
                        ratios.draws()),
                () -> Histogram.of(
                        "signal-to-noise ratio of the gradient",
                        List.of(
                                new Series("Gaussian", finite(ratios.gaussian())),
                                new Series("ODS", finite(ratios.ods()))),
                        BINS));
    }

    /** Gradients that do not vary at all have an infinite ratio. */
    private static double[] finite(List<Double> ratios) {
        return ratios.stream()
                .mapToDouble(Double::doubleValue)
                .filter(Double::isFinite)
                .toArray();
    }
}
