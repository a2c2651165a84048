package dev.polyphony.figures;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jfree.chart.LegendItem;
import org.jfree.chart.axis.ValueAxis;
import org.jfree.chart.plot.XYPlot;
import org.jfree.data.xy.YIntervalSeries;
import org.jfree.data.xy.YIntervalSeriesCollection;

/**
 * Quantities over epochs, such as the terms of the loss and the accuracy, side by side. A curve is the mean over its
 * runs; the band is one standard deviation (of the sample) to each side.
 */
public final class TrainingCurves {

    private static final int PANEL_WIDTH = 480;
    private static final int HEIGHT = 480;
    private static final int MOST_PANELS = 4;

    private TrainingCurves() {}

    /**
     * The runs of one method.
     *
     * @param name for the legend; the same name has the same style in every panel
     * @param epochs at which there are values, from 1, rising, as many as each run has
     * @param runs [runs][epochs], finite, at least one run, all of one length
     */
    @SuppressWarnings("ArrayRecordComponent") // copied on the way in; nobody compares two
    public record Curve(String name, int[] epochs, double[][] runs) {

        /** A curve with a value at every epoch from the first. */
        public Curve(String name, double[][] runs) {
            this(
                    name,
                    runs.length == 0
                            ? new int[0]
                            : IntStream.rangeClosed(1, runs[0].length).toArray(),
                    runs);
        }

        public Curve {
            Require.text("A curve's name", name);
            epochs = epochs.clone();
            for (int e = 0; e < epochs.length; e++) {
                if (epochs[e] <= (e == 0 ? 0 : epochs[e - 1])) {
                    throw new IllegalArgumentException("Epochs of '" + name + "' must rise from 1: " + epochs[e]);
                }
            }
            if (runs.length == 0) {
                throw new IllegalArgumentException("The curve '" + name + "' needs at least one run");
            }
            double[][] copy = new double[runs.length][];
            Require.sameLength("Epochs of '" + name + "'", epochs.length, "values of run 0", runs[0].length);
            for (int r = 0; r < runs.length; r++) {
                copy[r] = Require.numbers("Run " + r + " of '" + name + "'", runs[r]);
                Require.sameLength("Epochs of run 0 of '" + name + "'", runs[0].length, "of run " + r, runs[r].length);
            }
            runs = copy;
        }

        private double mean(int epoch) {
            return Arrays.stream(runs).mapToDouble(run -> run[epoch]).average().orElseThrow();
        }

        private double spread(int epoch) {
            if (runs.length == 1) {
                return 0;
            }
            double mean = mean(epoch);
            double squares = Arrays.stream(runs)
                    .mapToDouble(run -> (run[epoch] - mean) * (run[epoch] - mean))
                    .sum();
            return Math.sqrt(squares / (runs.length - 1));
        }
    }

    /**
     * One quantity.
     *
     * @param quantity the vertical axis with its unit
     * @param logarithmic whether that axis is; all values must then be above 0
     */
    public record Panel(String quantity, boolean logarithmic, List<Curve> curves) {

        public Panel {
            Require.text("A quantity's name", quantity);
            curves = Require.series(curves, Curve::name);
            if (logarithmic) {
                for (Curve curve : curves) {
                    for (double[] run : curve.runs()) {
                        Require.within(
                                "Values of '" + curve.name() + "' on a logarithmic axis",
                                Double.MIN_NORMAL,
                                Double.MAX_VALUE,
                                run);
                    }
                }
            }
        }
    }

    /** The figure of 1 to 4 quantities, side by side, with at most 12 names in all. */
    public static Figure of(List<Panel> panels) {
        List<Panel> shown = List.copyOf(panels);
        Require.within("The number of quantities", 1, MOST_PANELS, shown.size());
        Map<String, Integer> styles = new LinkedHashMap<>();
        shown.stream().flatMap(p -> p.curves().stream()).forEach(c -> styles.putIfAbsent(c.name(), styles.size()));
        Require.series(List.copyOf(styles.keySet()), name -> name);
        List<LegendItem> legend = new ArrayList<>();
        styles.forEach((name, style) -> legend.add(Style.line(name, style)));
        return new Figure(Math.max(2, shown.size()) * PANEL_WIDTH, HEIGHT, (graphics, width, height) -> new Panels(
                        legend,
                        shown.stream()
                                .map(panel -> new Panels.Panel("", plot(panel, styles)))
                                .toList())
                .on(graphics, width, height));
    }

    private static XYPlot plot(Panel panel, Map<String, Integer> styles) {
        YIntervalSeriesCollection data = new YIntervalSeriesCollection();
        double low = Double.POSITIVE_INFINITY;
        double high = Double.NEGATIVE_INFINITY;
        int epochs = 0;
        for (String name : styles.keySet()) {
            YIntervalSeries series = new YIntervalSeries(name);
            for (Curve curve : panel.curves()) {
                if (!curve.name().equals(name)) {
                    continue;
                }
                for (int e = 0; e < curve.epochs().length; e++) {
                    double mean = curve.mean(e);
                    double spread = curve.spread(e);
                    // On a logarithmic axis a band may not reach 0.
                    double lower = panel.logarithmic() ? Math.max(mean - spread, mean / 10) : mean - spread;
                    series.add(curve.epochs()[e], mean, lower, mean + spread);
                    low = Math.min(low, lower);
                    high = Math.max(high, mean + spread);
                }
                epochs = Math.max(epochs, curve.epochs()[curve.epochs().length - 1]);
            }
            data.addSeries(series);
        }
        // So that a marker at either end is whole.
        double margin = 0.015 * epochs;
        XYPlot plot = Axes.plot(Axes.whole("epoch", 0.5 - margin, epochs + 0.5 + margin), vertical(panel, low, high));
        plot.setDataset(data);
        plot.setRenderer(new Curves(styles.size(), epochs, (series, item) -> (int) data.getXValue(series, item) - 1));
        return plot;
    }

    private static ValueAxis vertical(Panel panel, double low, double high) {
        if (panel.logarithmic()) {
            return Axes.logarithmic(panel.quantity(), low / 1.15, high * 1.15);
        }
        double room = Axes.room(low, high);
        return Axes.linear(panel.quantity(), low - room, high + room);
    }
}
