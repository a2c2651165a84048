package dev.polyphony.figures;

import java.awt.Graphics2D;
import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.List;
import org.jfree.chart.axis.AxisState;
import org.jfree.chart.axis.LogAxis;
import org.jfree.chart.axis.NumberTick;
import org.jfree.chart.axis.TickType;
import org.jfree.chart.ui.RectangleEdge;
import org.jfree.chart.ui.TextAnchor;

/** A logarithmic vertical axis with plain numbers at its ticks: the library's own are attributed text, set off the tick. */
final class DecadeAxis extends LogAxis {

    private static final int MOST_LABELS = 5;

    /** Below so many decades 2 and 5 have labels too. */
    private static final double FEW_DECADES = 2.6;

    /** Below so many decades so have 3 and 7. */
    private static final double HARDLY_MORE_THAN_ONE = 1.3;

    /** Below so many decades not even 1, 2, 5 fall into the range often enough. */
    private static final double ONE_STEP = 0.7;

    DecadeAxis(String label, double low, double high) {
        super(label);
        setSmallestValue(Double.MIN_NORMAL);
        setRange(low, high);
    }

    @Override
    public List<NumberTick> refreshTicks(Graphics2D graphics, AxisState state, Rectangle2D area, RectangleEdge edge) {
        double low = getLowerBound();
        double high = getUpperBound();
        double decades = Math.log10(high / low);
        List<NumberTick> ticks = new ArrayList<>();
        if (decades < ONE_STEP) {
            double step = Axes.roundStep((high - low) / 8);
            for (double value = Math.ceil(low / step) * step; value <= high; value += step) {
                ticks.add(major(value, Axes.format(step, high).format(value)));
            }
            return ticks;
        }
        int every = (int) Math.max(1, Math.ceil(decades / MOST_LABELS));
        for (int power = (int) Math.floor(Math.log10(low)); power <= Math.log10(high); power++) {
            for (int digit = 1; digit < 10; digit++) {
                double value = digit * Math.pow(10, power);
                if (value < low || value > high) {
                    continue;
                }
                ticks.add(
                        (digit == 1 && power % every == 0) || isLabelled(digit, decades) ? major(value) : minor(value));
            }
        }
        return ticks;
    }

    private static boolean isLabelled(int digit, double decades) {
        return switch (digit) {
            case 2, 5 -> decades < FEW_DECADES;
            case 3, 7 -> decades < HARDLY_MORE_THAN_ONE;
            default -> false;
        };
    }

    private static NumberTick major(double value) {
        String pattern = value >= 1e-4 && value < 1e6 ? "#,##0.#######" : "0.###E0";
        return major(value, Style.number(pattern).format(value));
    }

    private static NumberTick major(double value, String label) {
        return new NumberTick(TickType.MAJOR, value, label, TextAnchor.CENTER_RIGHT, TextAnchor.CENTER_RIGHT, 0);
    }

    private static NumberTick minor(double value) {
        return new NumberTick(TickType.MINOR, value, "", TextAnchor.CENTER_RIGHT, TextAnchor.CENTER_RIGHT, 0);
    }
}
