package dev.polyphony.figures;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.geom.AffineTransform;
import java.awt.geom.Line2D;
import java.awt.geom.Rectangle2D;
import java.util.List;
import org.jfree.chart.axis.CategoryAxis;
import org.jfree.chart.axis.ValueAxis;
import org.jfree.chart.plot.CategoryPlot;
import org.jfree.chart.renderer.category.BarRenderer;
import org.jfree.chart.renderer.category.BoxAndWhiskerRenderer;
import org.jfree.chart.renderer.category.CategoryItemRendererState;
import org.jfree.chart.renderer.category.StandardBarPainter;
import org.jfree.chart.ui.RectangleEdge;
import org.jfree.data.category.CategoryDataset;
import org.jfree.data.category.DefaultCategoryDataset;
import org.jfree.data.statistics.BoxAndWhiskerCategoryDataset;
import org.jfree.data.statistics.DefaultBoxAndWhiskerCategoryDataset;

/** Groups of boxes, one group per category and one box per series, and the bars of their counts. */
final class BoxGroups {

    private static final double WIDEST = 46;

    private BoxGroups() {}

    /**
     * @param boxes {@code [series][category]}
     * @param label the vertical axis with its unit
     */
    static CategoryPlot boxes(List<String> series, List<String> categories, Box[][] boxes, String label) {
        DefaultBoxAndWhiskerCategoryDataset data = new DefaultBoxAndWhiskerCategoryDataset();
        double low = Double.POSITIVE_INFINITY;
        double high = Double.NEGATIVE_INFINITY;
        for (int s = 0; s < series.size(); s++) {
            for (int c = 0; c < categories.size(); c++) {
                Box box = boxes[s][c];
                data.add(box.item(), series.get(s), categories.get(c));
                if (box.count() > 0) {
                    low = Math.min(low, Math.min(box.low(), box.mean()));
                    high = Math.max(high, Math.max(box.high(), box.mean()));
                }
            }
        }
        double room = Axes.room(low, high);
        double bottom = low >= 0 && low < 0.3 * high ? -room / 2 : low - room;
        CategoryPlot plot = Axes.plot(Axes.linear(label, bottom, high + room));
        plot.setDataset(data);
        plot.setRenderer(new Boxes());
        return plot;
    }

    /** The counts of the boxes, below them in the same places. */
    static CategoryPlot counts(List<String> series, List<String> categories, Box[][] boxes, String label) {
        DefaultCategoryDataset data = new DefaultCategoryDataset();
        long most = 0;
        for (int s = 0; s < series.size(); s++) {
            for (int c = 0; c < categories.size(); c++) {
                int count = boxes[s][c].count();
                data.addValue(count == 0 ? null : count, series.get(s), categories.get(c));
                most = Math.max(most, count);
            }
        }
        CategoryPlot plot = Axes.plot(Axes.counts(label, most));
        plot.setDataset(data);
        plot.setRenderer(bars(series.size()));
        return plot;
    }

    private static BarRenderer bars(int series) {
        BarRenderer bars = new BarRenderer();
        bars.setBarPainter(new StandardBarPainter());
        bars.setShadowVisible(false);
        bars.setDrawBarOutline(true);
        bars.setItemMargin(0);
        bars.setBase(0.6);
        bars.setIncludeBaseInRange(false);
        for (int s = 0; s < series; s++) {
            bars.setSeriesPaint(s, Style.colour(s));
            bars.setSeriesOutlinePaint(s, Color.WHITE);
            bars.setSeriesOutlineStroke(s, series > 6 ? Style.thin() : Style.solid());
        }
        return bars;
    }

    /** Draws a box with its series' colour, dash and, at the mean, marker. */
    private static final class Boxes extends BoxAndWhiskerRenderer {

        @Override
        public void drawVerticalItem(
                Graphics2D graphics,
                CategoryItemRendererState state,
                Rectangle2D area,
                CategoryPlot plot,
                CategoryAxis categoryAxis,
                ValueAxis axis,
                CategoryDataset dataset,
                int series,
                int category) {
            BoxAndWhiskerCategoryDataset data = (BoxAndWhiskerCategoryDataset) dataset;
            if (Double.isNaN(data.getMedianValue(series, category).doubleValue())) {
                return;
            }
            RectangleEdge bottom = plot.getDomainAxisEdge();
            double start = categoryAxis.getCategoryStart(category, getColumnCount(), area, bottom);
            double end = categoryAxis.getCategoryEnd(category, getColumnCount(), area, bottom);
            double slot = (end - start) / getRowCount();
            double centre = start + (series + 0.5) * slot;
            double half = Math.min(0.76 * slot, WIDEST) / 2;
            Scale y = value -> axis.valueToJava2D(value.doubleValue(), area, plot.getRangeAxisEdge());
            double upper = y.of(data.getQ3Value(series, category));
            double lower = y.of(data.getQ1Value(series, category));
            double high = y.of(data.getMaxRegularValue(series, category));
            double low = y.of(data.getMinRegularValue(series, category));
            double median = y.of(data.getMedianValue(series, category));

            graphics.setPaint(Style.colour(series));
            graphics.setStroke(Style.thin());
            line(graphics, centre, high, centre, upper);
            line(graphics, centre, lower, centre, low);
            line(graphics, centre - half / 2, high, centre + half / 2, high);
            line(graphics, centre - half / 2, low, centre + half / 2, low);
            Rectangle2D box = new Rectangle2D.Double(centre - half, upper, 2 * half, lower - upper);
            graphics.setPaint(Style.tint(series));
            graphics.fill(box);
            graphics.setPaint(Style.colour(series));
            graphics.setStroke(Style.thin());
            graphics.draw(box);
            graphics.setStroke(Style.solid());
            line(graphics, centre - half, median, centre + half, median);
            marker(graphics, series, centre, y.of(data.getMeanValue(series, category)), Math.min(1, half / 9));
        }

        private static void line(Graphics2D graphics, double x1, double y1, double x2, double y2) {
            graphics.draw(new Line2D.Double(x1, y1, x2, y2));
        }

        private static void marker(Graphics2D graphics, int series, double x, double y, double size) {
            AffineTransform place = AffineTransform.getTranslateInstance(x, y);
            place.scale(size, size);
            graphics.setPaint(Color.WHITE);
            graphics.fill(place.createTransformedShape(Style.marker(series)));
            graphics.setPaint(Style.colour(series));
            graphics.setStroke(Style.thin());
            graphics.draw(place.createTransformedShape(Style.marker(series)));
        }
    }

    @FunctionalInterface
    private interface Scale {
        double of(Number value);
    }
}
