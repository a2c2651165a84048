package dev.polyphony.figures;

import java.awt.Color;
import java.text.DecimalFormat;
import org.jfree.chart.axis.Axis;
import org.jfree.chart.axis.CategoryAxis;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.axis.NumberTickUnit;
import org.jfree.chart.axis.ValueAxis;
import org.jfree.chart.plot.CategoryPlot;
import org.jfree.chart.plot.CombinedDomainCategoryPlot;
import org.jfree.chart.plot.CombinedDomainXYPlot;
import org.jfree.chart.plot.DatasetRenderingOrder;
import org.jfree.chart.plot.Plot;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.ui.RectangleInsets;

/** Axes and empty plots in the style of every figure. */
final class Axes {

    private static final Color NONE = new Color(0, 0, 0, 0);

    private Axes() {}

    /** Four to eight ticks at round numbers. */
    static NumberAxis linear(String label, double low, double high) {
        return ranged(label, low, high, roundStep((high - low) / 8));
    }

    /** Ticks at whole numbers only, as epochs have. */
    static NumberAxis whole(String label, double low, double high) {
        return ranged(label, low, high, Math.max(1, roundStep((high - low) / 8)));
    }

    private static NumberAxis ranged(String label, double low, double high, double step) {
        NumberAxis axis = dressed(new NumberAxis(label));
        axis.setRange(low, high);
        axis.setTickUnit(new NumberTickUnit(step, format(step, Math.max(Math.abs(low), Math.abs(high)))));
        return axis;
    }

    static DecimalFormat format(double step, double largest) {
        if (largest >= 1e7 || step < 1e-6) {
            return Style.number("0.###E0");
        }
        int digits = Math.max(0, (int) -Math.floor(Math.log10(step) + 1e-9));
        return Style.number("#,##0" + (digits > 0 ? "." : "") + "0".repeat(digits));
    }

    /** Air beyond the data; never so little that an axis has no length. */
    static double room(double low, double high) {
        double largest = Math.max(Math.abs(low), Math.abs(high));
        return Math.max(0.05 * (high - low), Math.max(1e-6 * largest, 1e-9));
    }

    /** The smallest of 1, 2, 5 times a power of ten that is not below. */
    static double roundStep(double step) {
        double power = Math.pow(10, Math.floor(Math.log10(step)));
        for (double factor : new double[] {1, 2, 5}) {
            if (factor * power >= step * (1 - 1e-9)) {
                return factor * power;
            }
        }
        return 10 * power;
    }

    static ValueAxis logarithmic(String label, double low, double high) {
        return dressed(new DecadeAxis(label, low, high));
    }

    /** Counts from 1 up: a bar of one sample shows. */
    static ValueAxis counts(String label, long most) {
        return logarithmic(label, 0.6, Math.max(10, most) * 1.8);
    }

    static CategoryAxis categories(String label) {
        CategoryAxis axis = dressed(new CategoryAxis(label));
        axis.setLowerMargin(0.01);
        axis.setUpperMargin(0.01);
        axis.setCategoryMargin(0.16);
        axis.setMaximumCategoryLabelWidthRatio(1.5f);
        return axis;
    }

    private static <A extends Axis> A dressed(A axis) {
        axis.setLabelFont(Style.text());
        axis.setTickLabelFont(Style.smallText());
        axis.setLabelPaint(Style.INK);
        axis.setTickLabelPaint(Style.INK);
        axis.setAxisLinePaint(Style.INK);
        axis.setTickMarkPaint(Style.INK);
        axis.setAxisLineStroke(Style.thin());
        axis.setTickMarkStroke(Style.thin());
        axis.setTickMarkOutsideLength(5);
        axis.setTickLabelInsets(new RectangleInsets(3, 4, 3, 6));
        axis.setLabelInsets(new RectangleInsets(5, 4, 5, 4));
        return axis;
    }

    static XYPlot plot(ValueAxis x, ValueAxis y) {
        XYPlot plot = new XYPlot(null, x, y, null);
        plot.setDomainGridlinePaint(Style.GRID);
        plot.setRangeGridlinePaint(Style.GRID);
        plot.setDomainGridlineStroke(Style.thin());
        plot.setRangeGridlineStroke(Style.thin());
        plot.setDatasetRenderingOrder(DatasetRenderingOrder.FORWARD);
        plot.setAxisOffset(RectangleInsets.ZERO_INSETS);
        plot.setDomainZeroBaselineVisible(false);
        return bare(plot);
    }

    static CategoryPlot plot(ValueAxis y) {
        CategoryPlot plot = new CategoryPlot(null, null, y, null);
        plot.setRangeGridlinePaint(Style.GRID);
        plot.setRangeGridlineStroke(Style.thin());
        plot.setDomainGridlinesVisible(false);
        plot.setAxisOffset(RectangleInsets.ZERO_INSETS);
        return bare(plot);
    }

    /** Plots above each other that share the lower axis. */
    static CombinedDomainCategoryPlot stacked(CategoryAxis x) {
        CombinedDomainCategoryPlot plot = new CombinedDomainCategoryPlot(x);
        plot.setGap(16);
        return bare(plot);
    }

    static CombinedDomainXYPlot stacked(ValueAxis x) {
        CombinedDomainXYPlot plot = new CombinedDomainXYPlot(x);
        plot.setGap(14);
        return bare(plot);
    }

    private static <P extends Plot> P bare(P plot) {
        plot.setBackgroundPaint(NONE);
        plot.setOutlinePaint(Style.INK);
        plot.setOutlineStroke(Style.thin());
        plot.setInsets(RectangleInsets.ZERO_INSETS);
        plot.setNoDataMessageFont(Style.text());
        return plot;
    }
}
