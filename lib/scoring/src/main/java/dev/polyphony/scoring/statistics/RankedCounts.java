package dev.polyphony.scoring.statistics;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Positives and negatives at or above a threshold.
 *
 * @param threshold one of the values, or infinity for none
 * @param positives how many positives are at or above it
 * @param negatives how many negatives are
 */
record RankedCounts(double threshold, int positives, int negatives) {

    /** One for each distinct value, descending: equal values are taken all at once. */
    static List<RankedCounts> descending(double[] positives, double[] negatives) {
        AreaUnderCurve.require(positives, negatives);
        double[] ones = Arrays.stream(positives).sorted().toArray();
        double[] zeros = Arrays.stream(negatives).sorted().toArray();
        List<RankedCounts> result = new ArrayList<>();
        int one = ones.length;
        int zero = zeros.length;
        while (one > 0 || zero > 0) {
            double threshold = Math.max(top(ones, one), top(zeros, zero));
            while (one > 0 && ones[one - 1] >= threshold) {
                one--;
            }
            while (zero > 0 && zeros[zero - 1] >= threshold) {
                zero--;
            }
            result.add(new RankedCounts(threshold, ones.length - one, zeros.length - zero));
        }
        return result;
    }

    private static double top(double[] ascending, int left) {
        return left == 0 ? Double.NEGATIVE_INFINITY : ascending[left - 1];
    }
}
