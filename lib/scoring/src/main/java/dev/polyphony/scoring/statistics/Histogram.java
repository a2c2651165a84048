package dev.polyphony.scoring.statistics;

import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/**
 * Counts of values in equal bins [low, high); the last one holds its upper edge too.
 *
 * @param low where the first bin begins, finite
 * @param high where the last bin ends, above low, finite
 * @param counts values in each bin, at least one bin
 */
public record Histogram(double low, double high, List<Long> counts) {

    public Histogram {
        counts = List.copyOf(counts);
        if (!Double.isFinite(low) || !Double.isFinite(high) || !(low < high) || counts.isEmpty()) {
            throw new IllegalArgumentException("A histogram needs a finite range and at least one bin: " + low + " to "
                    + high + ", " + counts.size() + " bins");
        }
        if (Collections.min(counts) < 0) {
            throw new IllegalArgumentException("Counts must be at least 0: " + counts);
        }
    }

    /**
     * Counts values; two histograms of one range and as many bins share their edges.
     *
     * @param values each in low to high
     * @param low where the first bin begins
     * @param high where the last bin ends, above low
     * @param bins how many, at least 1
     * @throws IllegalArgumentException for a value that is NaN or out of range
     */
    public static Histogram of(double[] values, double low, double high, int bins) {
        if (bins < 1) {
            throw new IllegalArgumentException("At least one bin is needed, not " + bins);
        }
        long[] counts = new long[bins];
        for (double value : values) {
            if (!(value >= low && value <= high)) {
                throw new IllegalArgumentException("Value " + value + " is not in " + low + " to " + high);
            }
            counts[Math.min((int) ((value - low) / (high - low) * bins), bins - 1)]++;
        }
        return new Histogram(low, high, LongStream.of(counts).boxed().toList());
    }

    /** Where the bins begin, and where the last one ends: one more than there are bins. */
    public List<Double> edges() {
        return IntStream.rangeClosed(0, counts.size()).mapToObj(this::edge).toList();
    }

    private double edge(int k) {
        return low + (high - low) * k / counts.size();
    }

    /** Share of values per unit in each bin, so that the bars have area 1 together; all 0 without values. */
    public List<Double> densities() {
        double samples = counts.stream().mapToLong(Long::longValue).sum();
        double width = (high - low) / counts.size();
        return counts.stream()
                .map(count -> samples == 0 ? 0 : count / samples / width)
                .toList();
    }
}
