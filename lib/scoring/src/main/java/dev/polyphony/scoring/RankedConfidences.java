package dev.polyphony.scoring;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * Samples by ascending confidence. Those of exactly equal confidence have no order: each stands for the expectation over
 * all orders, so that nothing computed from it depends on how the samples came.
 */
final class RankedConfidences {

    /** The largest probability at each rank, ascending, 0 to 1. */
    private final double[] confidences;

    /** The share of correct predictions among the samples of that rank's confidence, 0 to 1. */
    private final double[] correct;

    private RankedConfidences(double[] confidences, double[] correct) {
        this.confidences = confidences;
        this.correct = correct;
    }

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

    /** N, at least 1. */
    int samples() {
        return confidences.length;
    }

    /** Expected correctness at a rank, counted from 0 for the least confident. */
    double correct(int rank) {
        return correct[rank];
    }

    /** The ranks from (inclusive) to (exclusive) as one bin. */
    ReliabilityBins.Bin bin(int from, int to) {
        return ReliabilityBins.Bin.ofSums(
                to - from,
                Arrays.stream(confidences, from, to).sum(),
                Arrays.stream(correct, from, to).sum());
    }
}
