package dev.polyphony.scoring;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * Samples by ascending confidence. Those of exactly equal confidence have no order: each stands for the expectation over
 * all orders, so that nothing computed from it depends on how the samples came.
 *
 * @param confidences the largest probability at each rank, {@code [N]}, ascending, 0 to 1
 * @param correct the expected correctness at each rank, {@code [N]}: the share of correct predictions among the samples
 *     of that confidence, 0 to 1
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared, and never leaves the package.
record RankedConfidences(double[] confidences, double[] correct) {

    static RankedConfidences of(double[][] logProbabilities, int[] labels) {
        LogProbabilities.require(logProbabilities, labels);
        int[] predicted = Arrays.stream(logProbabilities)
                .mapToInt(LogProbabilities::argmax)
                .toArray();
        double[] confidence = IntStream.range(0, labels.length)
                .mapToDouble(n -> Math.exp(logProbabilities[n][predicted[n]]))
                .toArray();
        int[] order = IntStream.range(0, labels.length)
                .boxed()
                .sorted(Comparator.comparingDouble(n -> confidence[n]))
                .mapToInt(Integer::intValue)
                .toArray();
        double[] ascending =
                Arrays.stream(order).mapToDouble(n -> confidence[n]).toArray();
        double[] correct = Arrays.stream(order)
                .mapToDouble(n -> predicted[n] == labels[n] ? 1 : 0)
                .toArray();
        shareAmongTies(ascending, correct);
        return new RankedConfidences(ascending, correct);
    }

    private static void shareAmongTies(double[] ascending, double[] correct) {
        int end;
        for (int start = 0; start < ascending.length; start = end) {
            end = start + 1;
            while (end < ascending.length && ascending[end] == ascending[start]) {
                end++;
            }
            double share = Arrays.stream(correct, start, end).sum() / (end - start);
            Arrays.fill(correct, start, end, share);
        }
    }

    int samples() {
        return confidences.length;
    }
}
