package dev.polyphony.figures;

import java.awt.Graphics2D;
import java.awt.geom.Rectangle2D;
import java.util.List;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.LegendItem;
import org.jfree.chart.LegendItemCollection;
import org.jfree.chart.block.BlockBorder;
import org.jfree.chart.block.RectangleConstraint;
import org.jfree.chart.plot.Plot;
import org.jfree.chart.text.TextUtils;
import org.jfree.chart.title.LegendTitle;
import org.jfree.chart.title.TextTitle;
import org.jfree.chart.ui.HorizontalAlignment;
import org.jfree.chart.ui.RectangleEdge;
import org.jfree.chart.ui.RectangleInsets;
import org.jfree.chart.ui.Size2D;
import org.jfree.data.Range;

/** Plots side by side under one legend that never covers data. */
final class Panels implements Figure.Drawing {

    static {
        // Else the library draws turned text as outlines, which an SVG reader can neither search nor select.
        TextUtils.setUseDrawRotatedStringWorkaround(false);
    }

    /** One plot with a title above it; an empty title takes no room. */
    record Panel(String title, Plot plot) {}

    private static final double MARGIN = 10;

    private final List<LegendItem> legend;
    private final List<Panel> panels;

    Panels(List<LegendItem> legend, List<Panel> panels) {
        this.legend = List.copyOf(legend);
        this.panels = List.copyOf(panels);
    }

    @Override
    public void on(Graphics2D graphics, double width, double height) {
        double top = MARGIN + drawLegend(graphics, width - 2 * MARGIN);
        double column = (width - 2 * MARGIN) / panels.size();
        for (int i = 0; i < panels.size(); i++) {
            chart(panels.get(i))
                    .draw(graphics, new Rectangle2D.Double(MARGIN + i * column, top, column, height - top - MARGIN));
        }
    }

    private double drawLegend(Graphics2D graphics, double width) {
        if (legend.isEmpty()) {
            return 0;
        }
        LegendItemCollection items = new LegendItemCollection();
        legend.forEach(items::add);
        LegendTitle title = new LegendTitle(() -> items);
        title.setItemFont(Style.text());
        title.setItemPaint(Style.INK);
        title.setItemLabelPadding(new RectangleInsets(3, 5, 3, 14));
        title.setHorizontalAlignment(HorizontalAlignment.LEFT);
        title.setPosition(RectangleEdge.TOP);
        title.setFrame(BlockBorder.NONE);
        Size2D size = title.arrange(graphics, new RectangleConstraint(new Range(0, width), new Range(0, 10_000)));
        double left = MARGIN + (width - size.width) / 2;
        title.draw(graphics, new Rectangle2D.Double(left, MARGIN, size.width, size.height));
        return size.height + MARGIN / 2;
    }

    private static JFreeChart chart(Panel panel) {
        JFreeChart chart = new JFreeChart(null, Style.text(), panel.plot(), false);
        chart.setBackgroundPaint(null);
        chart.setPadding(new RectangleInsets(8, 4, 2, 14));
        if (!panel.title().isEmpty()) {
            TextTitle title = new TextTitle(panel.title(), Style.text());
            title.setPaint(Style.INK);
            title.setPadding(new RectangleInsets(0, 0, 8, 0));
            chart.setTitle(title);
        }
        return chart;
    }
}
