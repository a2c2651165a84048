package dev.polyphony.figures;

import java.util.Arrays;
import java.util.Collections;
import org.jfree.data.statistics.BoxAndWhiskerItem;

/**
 * A box of a box plot: quartiles by linear interpolation, whiskers to the last value within 1.5 times the box's height
 * of it (Tukey). Values beyond the whiskers are counted, not drawn.
 *
 * @param count how many values; 0 makes an empty place
 */
record Box(int count, double mean, double low, double lowerQuartile, double median, double upperQuartile, double high) {

    static final Box EMPTY = new Box(0, Double.NaN, Double.NaN, Double.NaN, Double.NaN, Double.NaN, Double.NaN);

    static Box of(double... values) {
        if (values.length == 0) {
            return EMPTY;
        }
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        double lower = quantile(sorted, 0.25);
        double upper = quantile(sorted, 0.75);
        double reach = 1.5 * (upper - lower);
        double low = lower;
        double high = upper;
        for (double value : sorted) {
            if (value >= lower - reach) {
                low = Math.min(low, value);
            }
            if (value <= upper + reach) {
                high = Math.max(high, value);
            }
        }
        double mean = Arrays.stream(sorted).average().orElseThrow();
        return new Box(sorted.length, mean, low, lower, quantile(sorted, 0.5), upper, high);
    }

    private static double quantile(double[] sorted, double share) {
        double place = share * (sorted.length - 1);
        int below = (int) place;
        int above = Math.min(below + 1, sorted.length - 1);
        return sorted[below] + (place - below) * (sorted[above] - sorted[below]);
    }

    BoxAndWhiskerItem item() {
        return new BoxAndWhiskerItem(
                mean, median, lowerQuartile, upperQuartile, low, high, null, null, Collections.emptyList());
    }
}
