package dev.polyphony.figures;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Shape;
import java.awt.Stroke;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Line2D;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.util.List;
import java.util.Locale;
import org.jfree.chart.LegendItem;

/**
 * What every figure looks like. Colours are those of Okabe and Ito, which people with any kind of colour blindness tell
 * apart; marker and dash differ as well, for print in black and white. Series i has colour, marker and dash i.
 */
final class Style {

    /** Colours, markers and dashes together stay distinct for this many series. */
    static final int MOST_SERIES = 12;

    static final Color INK = new Color(0x222222);
    static final Color GRID = new Color(0xDDDDDD);

    /** Text, in units: 8 points in print. */
    static final float TEXT = 17;

    static final float SMALL_TEXT = 15;

    private static final List<Color> COLOURS = List.of(
            new Color(0x0072B2),
            new Color(0xD55E00),
            new Color(0x009E73),
            new Color(0xCC79A7),
            new Color(0xE69F00),
            new Color(0x56B4E9),
            new Color(0x000000));

    private static final List<float[]> DASHES = List.of(
            new float[] {}, new float[] {10, 5}, new float[] {3, 4}, new float[] {12, 4, 3, 4}, new float[] {18, 5});

    private static final double MARKER = 5.5;

    private Style() {}

    static Font text() {
        return BundledFont.of(TEXT);
    }

    static Font smallText() {
        return BundledFont.of(SMALL_TEXT);
    }

    static Color colour(int series) {
        return COLOURS.get(series % COLOURS.size());
    }

    /** The colour mixed with white: an area that black lines stay readable on. */
    static Color tint(int series) {
        return tint(colour(series));
    }

    static Color tint(Color colour) {
        return new Color(lighter(colour.getRed()), lighter(colour.getGreen()), lighter(colour.getBlue()));
    }

    private static int lighter(int channel) {
        return 255 - (255 - channel) * 3 / 10;
    }

    static Stroke thin() {
        return new BasicStroke(1.2f);
    }

    static Stroke solid() {
        return new BasicStroke(2.2f, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND);
    }

    static Stroke dash(int series) {
        float[] dash = DASHES.get(series % DASHES.size());
        return dash.length == 0
                ? solid()
                : new BasicStroke(2.2f, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 10, dash, 0);
    }

    /** The marker, centred at the origin. */
    static Shape marker(int series) {
        double r = MARKER;
        return switch (series % 6) {
            case 0 -> new Ellipse2D.Double(-r, -r, 2 * r, 2 * r);
            case 1 -> new Rectangle2D.Double(-r * 0.9, -r * 0.9, 1.8 * r, 1.8 * r);
            case 2 -> polygon(0, -1.25 * r, 1.15 * r, 0.85 * r, -1.15 * r, 0.85 * r);
            case 3 -> polygon(0, -1.3 * r, 1.3 * r, 0, 0, 1.3 * r, -1.3 * r, 0);
            case 4 -> polygon(0, 1.25 * r, 1.15 * r, -0.85 * r, -1.15 * r, -0.85 * r);
            default -> polygon(-1.3 * r, -0.5 * r, 1.3 * r, -0.5 * r, 1.3 * r, 0.5 * r, -1.3 * r, 0.5 * r);
        };
    }

    private static Shape polygon(double... corners) {
        Path2D path = new Path2D.Double();
        path.moveTo(corners[0], corners[1]);
        for (int i = 2; i < corners.length; i += 2) {
            path.lineTo(corners[i], corners[i + 1]);
        }
        path.closePath();
        return path;
    }

    /** A legend's line with its marker. */
    static LegendItem line(String name, int series) {
        return symbol(name, series, new Line2D.Double(-22, 0, 22, 0), dash(series), colour(series));
    }

    private static LegendItem symbol(String name, int series, Shape line, Stroke stroke, Color fill) {
        Color colour = colour(series);
        return new LegendItem(
                name,
                null,
                null,
                null,
                true,
                marker(series),
                true,
                fill,
                true,
                colour,
                thin(),
                true,
                line,
                stroke,
                colour);
    }

    /** A legend's box with its marker. */
    static LegendItem box(String name, int series) {
        return symbol(name, series, new Rectangle2D.Double(-16, -9, 32, 18), thin(), Color.WHITE);
    }

    /** A legend's patch: fill and outline of an area. */
    static LegendItem patch(String name, Color fill, Color outline, Stroke stroke) {
        return new LegendItem(name, null, null, null, new Rectangle2D.Double(-14, -7, 28, 14), fill, stroke, outline);
    }

    /** Numbers with a point whatever the machine's language. */
    static DecimalFormat number(String pattern) {
        return new DecimalFormat(pattern, DecimalFormatSymbols.getInstance(Locale.ROOT));
    }
}
