package dev.polyphony.scoring.statistics;

import java.util.Arrays;
import java.util.OptionalDouble;

/**
 * A few values in short, such as one score of several seeds (paper, table 1: mean and standard deviation).
 *
 * @param count values, at least 1
 * @param mean mean
 * @param standardDeviation of the sample, with n - 1 in the denominator; empty for one value, at least 0
 * @param min smallest
 * @param max largest
 */
public record SampleSummary(int count, double mean, OptionalDouble standardDeviation, double min, double max) {

    public SampleSummary {
        if (count < 1 || (count > 1) != standardDeviation.isPresent()) {
            throw new IllegalArgumentException(
                    "One value has no standard deviation, more have one: " + count + " values, " + standardDeviation);
        }
    }

    /**
     * Sums up values.
     *
     * @param values at least one, finite
     * @throws IllegalArgumentException if there is none, or one is not finite
     */
    public static SampleSummary of(double... values) {
        if (values.length == 0 || !Arrays.stream(values).allMatch(Double::isFinite)) {
            throw new IllegalArgumentException(
                    "A summary needs finite values, at least one: " + Arrays.toString(values));
        }
        double mean = Arrays.stream(values).sum() / values.length;
        double squares = Arrays.stream(values).map(v -> (v - mean) * (v - mean)).sum();
        return new SampleSummary(
                values.length,
                mean,
                values.length == 1
                        ? OptionalDouble.empty()
                        : OptionalDouble.of(Math.sqrt(squares / (values.length - 1))),
                Arrays.stream(values).min().orElseThrow(),
                Arrays.stream(values).max().orElseThrow());
    }
}
