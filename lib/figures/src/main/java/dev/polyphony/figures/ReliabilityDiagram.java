package dev.polyphony.figures;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.geom.Line2D;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import org.jfree.chart.LegendItem;
import org.jfree.chart.annotations.XYLineAnnotation;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.plot.CombinedDomainXYPlot;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.renderer.xy.StandardXYBarPainter;
import org.jfree.chart.renderer.xy.XYBarRenderer;
import org.jfree.data.xy.XYIntervalSeries;
import org.jfree.data.xy.XYIntervalSeriesCollection;

/**
 * Accuracy by confidence, the gap between them, and how many predictions each bin has: side by side, such as before and
 * after temperature scaling.
 */
public final class ReliabilityDiagram {

    private static final int PANEL_WIDTH = 500;
    private static final int HEIGHT = 640;
    private static final int MOST_PANELS = 3;

    private static final Color ACCURACY = Style.colour(0);
    private static final Color GAP = Style.colour(1);
    private static final BasicStroke PERFECT =
            new BasicStroke(1.6f, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 10, new float[] {7, 5}, 0);

    private ReliabilityDiagram() {}

    /**
     * One bin of n equal ones.
     *
     * @param count predictions in it; an empty bin's confidence and accuracy do not matter
     * @param confidence mean largest probability, 0 to 1
     * @param accuracy share of right predictions, 0 to 1
     */
    public record Bin(long count, double confidence, double accuracy) {

        public Bin {
            Require.within("A bin's count", 0, Long.MAX_VALUE, (double) count);
            Require.within("A bin's confidence", 0, 1.0001, confidence);
            Require.within("A bin's accuracy", 0, 1, accuracy);
        }
    }

    /**
     * One diagram.
     *
     * @param title above it, such as {@code "before (T = 1)"}; its expected calibration error is added
     * @param bins equal bins of the confidence from 0 to 1, at least one of them not empty
     */
    public record Panel(String title, List<Bin> bins) {

        public Panel {
            Require.text("A reliability diagram's title", title);
            bins = List.copyOf(bins);
            if (bins.stream().allMatch(bin -> bin.count() == 0)) {
                throw new IllegalArgumentException("The reliability diagram '" + title + "' has no predictions");
            }
        }

        /** |accuracy - confidence| weighted by count. */
        double expectedCalibrationError() {
            double samples = bins.stream().mapToLong(Bin::count).sum();
            return bins.stream()
                    .mapToDouble(bin -> bin.count() / samples * Math.abs(bin.accuracy() - bin.confidence()))
                    .sum();
        }
    }

    /** The figure of 1 to 3 diagrams, side by side. */
    public static Figure of(List<Panel> panels) {
        List<Panel> shown = List.copyOf(panels);
        Require.within("The number of reliability diagrams", 1, MOST_PANELS, shown.size());
        long most = shown.stream()
                .flatMap(panel -> panel.bins().stream())
                .mapToLong(Bin::count)
                .max()
                .orElseThrow();
        List<LegendItem> legend = List.of(
                Style.patch("accuracy", Style.tint(ACCURACY), ACCURACY, Style.thin()),
                Style.patch("gap to confidence", GAP, GAP, Style.thin()),
                new LegendItem(
                        "confidence = accuracy",
                        null,
                        null,
                        null,
                        new Line2D.Double(-20, 0, 20, 0),
                        PERFECT,
                        Style.INK));
        return new Figure(PANEL_WIDTH * shown.size(), HEIGHT, (graphics, width, height) -> new Panels(
                        legend,
                        shown.stream()
                                .map(panel -> new Panels.Panel(
                                        panel.title()
                                                + String.format(
                                                        Locale.ROOT, ", ECE %.4f", panel.expectedCalibrationError()),
                                        plot(panel, most)))
                                .toList())
                .on(graphics, width, height));
    }

    private static CombinedDomainXYPlot plot(Panel panel, long most) {
        NumberAxis confidence = Axes.linear("confidence", 0, 1);
        NumberAxis accuracy = Axes.linear("accuracy", 0, 1);
        XYPlot upper = Axes.plot(confidence, accuracy);
        upper.setDataset(0, accuracies(panel.bins()));
        upper.setRenderer(0, bars(Style.tint(ACCURACY), ACCURACY, 0));
        upper.setDataset(1, gaps(panel.bins()));
        upper.setRenderer(1, bars(GAP, GAP, 0.62));
        upper.addAnnotation(new XYLineAnnotation(0, 0, 1, 1, PERFECT, Style.INK), false);
        XYPlot lower = Axes.plot(confidence, Axes.counts("count", most));
        lower.setDataset(counts(panel.bins()));
        lower.setRenderer(bars(Style.tint(Color.BLACK), Style.INK, 0));
        CombinedDomainXYPlot plot = Axes.stacked(confidence);
        plot.add(upper, 3);
        plot.add(lower, 1);
        return plot;
    }

    private static XYBarRenderer bars(Color fill, Color outline, double margin) {
        XYBarRenderer bars = new XYBarRenderer(margin);
        bars.setBarPainter(new StandardXYBarPainter());
        bars.setShadowVisible(false);
        bars.setUseYInterval(true);
        bars.setDrawBarOutline(true);
        bars.setSeriesPaint(0, fill);
        bars.setSeriesOutlinePaint(0, outline);
        bars.setSeriesOutlineStroke(0, Style.thin());
        return bars;
    }

    private static XYIntervalSeriesCollection accuracies(List<Bin> bins) {
        return intervals(bins, bin -> 0, Bin::accuracy);
    }

    private static XYIntervalSeriesCollection gaps(List<Bin> bins) {
        return intervals(
                bins,
                bin -> Math.min(bin.accuracy(), bin.confidence()),
                bin -> Math.max(bin.accuracy(), bin.confidence()));
    }

    private static XYIntervalSeriesCollection counts(List<Bin> bins) {
        return intervals(bins, bin -> 0.6, Bin::count);
    }

    private static XYIntervalSeriesCollection intervals(
            List<Bin> bins, ToDoubleFunction<Bin> low, ToDoubleFunction<Bin> high) {
        XYIntervalSeries series = new XYIntervalSeries("bins");
        double width = 1.0 / bins.size();
        for (int b = 0; b < bins.size(); b++) {
            Bin bin = bins.get(b);
            if (bin.count() > 0) {
                double top = high.applyAsDouble(bin);
                series.add((b + 0.5) * width, b * width, (b + 1) * width, top, low.applyAsDouble(bin), top);
            }
        }
        XYIntervalSeriesCollection data = new XYIntervalSeriesCollection();
        data.addSeries(series);
        return data;
    }
}
