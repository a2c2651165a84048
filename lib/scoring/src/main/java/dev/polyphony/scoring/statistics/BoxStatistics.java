package dev.polyphony.scoring.statistics;

import java.util.Arrays;

/**
 * What a box-and-whisker plot shows of some values (paper, figs. 3 and 9; Tukey's whiskers, as the usual plotting
 * libraries draw them).
 *
 * @param count values, at least 0; without values all that follows is 0
 * @param mean mean
 * @param min smallest
 * @param lowerWhisker smallest value at least q1 - 1.5 (q3 - q1), or q1 if that is smaller
 * @param q1 first quartile, interpolated linearly between order statistics, as are the next two
 * @param median second quartile
 * @param q3 third quartile
 * @param upperWhisker largest value at most q3 + 1.5 (q3 - q1), or q3 if that is larger
 * @param max largest
 */
public record BoxStatistics(
        long count,
        double mean,
        double min,
        double lowerWhisker,
        double q1,
        double median,
        double q3,
        double upperWhisker,
        double max) {

    private static final double REACH = 1.5;

    /**
     * The box of some values.
     *
     * @param values finite, in any order, left as they are
     * @throws IllegalArgumentException for a value that is not finite
     */
    public static BoxStatistics of(double[] values) {
        if (values.length == 0) {
            return new BoxStatistics(0, 0, 0, 0, 0, 0, 0, 0, 0);
        }
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        double last = sorted[sorted.length - 1];
        if (!Double.isFinite(sorted[0]) || !Double.isFinite(last)) {
            throw new IllegalArgumentException("A box needs finite values: " + sorted[0] + " to " + last);
        }
        double q1 = quantile(sorted, 0.25);
        double q3 = quantile(sorted, 0.75);
        double reach = REACH * (q3 - q1);
        return new BoxStatistics(
                sorted.length,
                Arrays.stream(sorted).sum() / sorted.length,
                sorted[0],
                Math.min(
                        q1,
                        Arrays.stream(sorted).filter(v -> v >= q1 - reach).min().orElse(q1)),
                q1,
                quantile(sorted, 0.5),
                q3,
                Math.max(
                        q3,
                        Arrays.stream(sorted).filter(v -> v <= q3 + reach).max().orElse(q3)),
                last);
    }

    private static double quantile(double[] sorted, double share) {
        double position = share * (sorted.length - 1);
        int below = (int) position;
        int above = Math.min(below + 1, sorted.length - 1);
        return sorted[below] + (position - below) * (sorted[above] - sorted[below]);
    }
}
