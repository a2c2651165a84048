package dev.polyphony.figures;

import java.awt.Color;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jfree.chart.LegendItem;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.renderer.xy.XYAreaRenderer;
import org.jfree.chart.renderer.xy.XYLineAndShapeRenderer;
import org.jfree.data.xy.XYSeries;
import org.jfree.data.xy.XYSeriesCollection;

/**
 * Distributions over the same bins, as shares of each series' own samples: the signal-to-noise ratio of gradients for
 * two perturbations, or the entropy of predictions in and out of distribution.
 */
public final class Histogram {

    /** The most bins that a page's width resolves. */
    public static final int MOST_BINS = 200;

    /** More areas above each other would be mud: then there are outlines alone. */
    private static final int MOST_AREAS = 4;

    private static final int WIDTH = 900;
    private static final int HEIGHT = 560;

    private Histogram() {}

    /**
     * One distribution.
     *
     * @param name for the legend; the mean is added
     * @param values [N], finite
     */
    @SuppressWarnings("ArrayRecordComponent") // copied on the way in; nobody compares two
    public record Series(String name, double[] values) {

        public Series {
            Require.text("A series' name", name);
            values = Require.numbers("Values of '" + name + "'", values);
        }

        private double mean() {
            return Arrays.stream(values).average().orElseThrow();
        }

        /** Shares in percent. */
        private double[] shares(double low, double high, int bins) {
            double[] shares = new double[bins];
            for (double value : values) {
                int bin = (int) ((value - low) / (high - low) * bins);
                shares[Math.min(Math.max(bin, 0), bins - 1)] += 100.0 / values.length;
            }
            return shares;
        }
    }

    /**
     * One distribution, counted before.
     *
     * @param name for the legend; the mean is added
     * @param mean of the values
     * @param counts values in each bin, at least one value
     */
    public record Counts(String name, double mean, List<Long> counts) {

        public Counts {
            Require.text("A series' name", name);
            Require.finite("The mean of '" + name + "'", mean);
            counts = List.copyOf(counts);
            double[] each = counts.stream().mapToDouble(Long::doubleValue).toArray();
            Require.within("Counts of '" + name + "'", 0, Long.MAX_VALUE, each);
            if (Arrays.stream(each).sum() == 0) {
                throw new IllegalArgumentException("'" + name + "' has no values");
            }
        }

        private double[] shares() {
            double values = counts.stream().mapToLong(Long::longValue).sum();
            return counts.stream().mapToDouble(count -> 100 * count / values).toArray();
        }
    }

    /**
     * The figure of 1 to 12 distributions.
     *
     * @param quantity the horizontal axis with its unit, such as {@code "entropy (nats)"}
     * @param bins equal bins from the smallest value of all series to the largest, 1 to {@link #MOST_BINS}
     */
    public static Figure of(String quantity, List<Series> series, int bins) {
        Require.within("The number of bins", 1, MOST_BINS, bins);
        List<Series> shown = Require.series(series, Series::name);
        double low = shown.stream()
                .flatMapToDouble(s -> Arrays.stream(s.values))
                .min()
                .orElseThrow();
        double most = shown.stream()
                .flatMapToDouble(s -> Arrays.stream(s.values))
                .max()
                .orElseThrow();
        double high = most - low > Axes.room(low, low) ? most : low + 1000 * Axes.room(low, low);
        return draw(
                Require.text("The quantity's name", quantity),
                low,
                high,
                shown.stream().map(Series::name).toList(),
                shown.stream().mapToDouble(Series::mean).toArray(),
                shown.stream().map(s -> s.shares(low, high, bins)).toArray(double[][]::new));
    }

    /**
     * The figure of 1 to 12 distributions that were counted in the same bins.
     *
     * @param quantity the horizontal axis with its unit
     * @param low where the first bin begins
     * @param high where the last one ends, above low
     */
    public static Figure ofCounts(String quantity, double low, double high, List<Counts> series) {
        List<Counts> shown = Require.series(series, Counts::name);
        Require.finite("The ends of the bins", low, high);
        if (!(low < high)) {
            throw new IllegalArgumentException("The bins must end above " + low + ", not at " + high);
        }
        int bins = shown.get(0).counts().size();
        Require.within("The number of bins", 1, MOST_BINS, bins);
        for (Counts one : shown) {
            Require.sameLength(
                    "Bins of '" + one.name() + "'",
                    one.counts().size(),
                    "of '" + shown.get(0).name() + "'",
                    bins);
        }
        return draw(
                Require.text("The quantity's name", quantity),
                low,
                high,
                shown.stream().map(Counts::name).toList(),
                shown.stream().mapToDouble(Counts::mean).toArray(),
                shown.stream().map(Counts::shares).toArray(double[][]::new));
    }

    private static Figure draw(
            String quantity, double low, double high, List<String> names, double[] means, double[][] shares) {
        boolean filled = names.size() <= MOST_AREAS;
        XYSeriesCollection data = new XYSeriesCollection();
        List<LegendItem> legend = new ArrayList<>();
        double peak = 0;
        for (int s = 0; s < names.size(); s++) {
            String mean = String.format(Locale.ROOT, " (mean %.4g)", means[s]);
            Color fill = filled ? Style.tint(s) : Color.WHITE;
            legend.add(Style.patch(names.get(s) + mean, fill, Style.colour(s), Style.dash(s)));
            peak = Math.max(peak, Arrays.stream(shares[s]).max().orElseThrow());
            data.addSeries(steps(names.get(s), shares[s], low, high));
        }
        double top = peak * 1.06;
        return new Figure(WIDTH, HEIGHT, (graphics, width, height) -> {
            NumberAxis x = Axes.linear(quantity, low, high);
            XYPlot plot = Axes.plot(x, Axes.linear("share of samples (%)", 0, top));
            if (filled) {
                plot.setDataset(0, data);
                plot.setRenderer(0, areas(names.size()));
            }
            plot.setDataset(1, data);
            plot.setRenderer(1, outlines(names.size()));
            new Panels(legend, List.of(new Panels.Panel("", plot))).on(graphics, width, height);
        });
    }

    private static XYSeries steps(String name, double[] shares, double low, double high) {
        XYSeries series = new XYSeries(name, false, true);
        double width = (high - low) / shares.length;
        series.add(low, 0);
        for (int b = 0; b < shares.length; b++) {
            series.add(low + b * width, shares[b]);
            series.add(low + (b + 1) * width, shares[b]);
        }
        series.add(high, 0);
        return series;
    }

    private static XYAreaRenderer areas(int series) {
        XYAreaRenderer areas = new XYAreaRenderer(XYAreaRenderer.AREA);
        for (int s = 0; s < series; s++) {
            Color colour = Style.colour(s);
            areas.setSeriesPaint(s, new Color(colour.getRed(), colour.getGreen(), colour.getBlue(), 70));
        }
        return areas;
    }

    private static XYLineAndShapeRenderer outlines(int series) {
        XYLineAndShapeRenderer lines = new XYLineAndShapeRenderer(true, false);
        lines.setDrawSeriesLineAsPath(true);
        for (int s = 0; s < series; s++) {
            lines.setSeriesPaint(s, Style.colour(s));
            lines.setSeriesStroke(s, Style.dash(s));
        }
        return lines;
    }
}
