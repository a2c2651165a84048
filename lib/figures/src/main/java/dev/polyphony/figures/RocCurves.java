package dev.polyphony.figures;

import java.awt.BasicStroke;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jfree.chart.LegendItem;
import org.jfree.chart.annotations.XYLineAnnotation;
import org.jfree.chart.plot.XYPlot;
import org.jfree.data.xy.XYSeries;
import org.jfree.data.xy.XYSeriesCollection;

/**
 * Receiver operating characteristics with their areas in the legend: how well the similarity of Jacobians tells a
 * distilled student from one that was not (paper, section 5.3 and Fig. 6).
 */
public final class RocCurves {

    private static final int WIDTH = 760;
    private static final int HEIGHT = 800;
    private static final BasicStroke CHANCE =
            new BasicStroke(1.4f, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 10, new float[] {3, 5}, 0);

    private RocCurves() {}

    /**
     * One curve, by ascending false positive rate.
     *
     * @param name for the legend
     * @param falsePositiveRate [points], 0 to 1, never falling
     * @param truePositiveRate [points], 0 to 1, never falling
     */
    @SuppressWarnings("ArrayRecordComponent") // copied on the way in; nobody compares two
    public record Curve(String name, double[] falsePositiveRate, double[] truePositiveRate) {

        public Curve {
            Require.text("A curve's name", name);
            falsePositiveRate = rates("False positive rates of '" + name + "'", falsePositiveRate);
            truePositiveRate = rates("True positive rates of '" + name + "'", truePositiveRate);
            Require.sameLength(
                    "False positive rates of '" + name + "'",
                    falsePositiveRate.length,
                    "true positive rates",
                    truePositiveRate.length);
        }

        private static double[] rates(String what, double[] rates) {
            double[] copy = Require.numbers(what, rates);
            Require.within(what, 0, 1, copy);
            for (int i = 1; i < copy.length; i++) {
                if (copy[i] < copy[i - 1]) {
                    throw new IllegalArgumentException(what + " must not fall; they do at point " + i);
                }
            }
            return copy;
        }

        /** The area below the curve by trapezia, from (0, 0) to (1, 1). */
        double area() {
            double area = 0;
            double x = 0;
            double y = 0;
            for (int i = 0; i < falsePositiveRate.length; i++) {
                area += (falsePositiveRate[i] - x) * (truePositiveRate[i] + y) / 2;
                x = falsePositiveRate[i];
                y = truePositiveRate[i];
            }
            return area + (1 - x) * (1 + y) / 2;
        }
    }

    /** The figure of 1 to 12 curves. */
    public static Figure of(List<Curve> curves) {
        List<Curve> shown = Require.series(curves, Curve::name);
        List<LegendItem> legend = new ArrayList<>();
        XYSeriesCollection data = new XYSeriesCollection();
        int points = 1;
        for (Curve curve : shown) {
            String area = String.format(Locale.ROOT, " (area %.3f)", curve.area());
            legend.add(Style.line(curve.name() + area, legend.size()));
            XYSeries series = new XYSeries(curve.name(), false, true);
            series.add(0, 0);
            for (int i = 0; i < curve.falsePositiveRate.length; i++) {
                series.add(curve.falsePositiveRate[i], curve.truePositiveRate[i]);
            }
            series.add(1, 1);
            data.addSeries(series);
            points = Math.max(points, series.getItemCount());
        }
        Curves lines = new Curves(shown.size(), points);
        return new Figure(WIDTH, HEIGHT, (graphics, width, height) -> {
            XYPlot plot = Axes.plot(Axes.linear("false positive rate", 0, 1), Axes.linear("true positive rate", 0, 1));
            plot.addAnnotation(new XYLineAnnotation(0, 0, 1, 1, CHANCE, Style.INK), false);
            plot.setDataset(data);
            plot.setRenderer(lines);
            new Panels(legend, List.of(new Panels.Panel("", plot))).on(graphics, width, height);
        });
    }
}
