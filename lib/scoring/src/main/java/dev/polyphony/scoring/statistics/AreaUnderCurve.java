package dev.polyphony.scoring.statistics;

import java.util.Arrays;

/** Area under the receiver operating characteristic. */
public final class AreaUnderCurve {

    private AreaUnderCurve() {}

    /**
     * Probability that a positive exceeds a negative, a tie counting half (Mann-Whitney), 0 to 1.
     *
     * @param positives values of the positive class, at least one, no NaN
     * @param negatives values of the negative class, at least one, no NaN
     * @throws IllegalArgumentException if there are none, or NaN among them
     */
    public static double of(double[] positives, double[] negatives) {
        require(positives, negatives);
        double[] sorted = Arrays.stream(negatives).sorted().toArray();
        double wins = 0;
        int below = 0;
        int notAbove = 0;
        for (double value : Arrays.stream(positives).sorted().toArray()) {
            while (below < sorted.length && sorted[below] < value) {
                below++;
            }
            while (notAbove < sorted.length && sorted[notAbove] <= value) {
                notAbove++;
            }
            wins += (below + notAbove) / 2.0;
        }
        return wins / ((double) positives.length * negatives.length);
    }

    static void require(double[] positives, double[] negatives) {
        require(positives);
        require(negatives);
    }

    private static void require(double[] values) {
        if (values.length == 0 || Arrays.stream(values).anyMatch(Double::isNaN)) {
            throw new IllegalArgumentException("Positives and negatives need at least one value each, and no NaN");
        }
    }
}
