package dev.polyphony.scoring;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Confidence against accuracy in 15 equal bins of the largest probability, (k/15, (k+1)/15] (the authors' reference
 * code).
 *
 * @param bins the 15 bins, by ascending confidence
 */
public record ReliabilityBins(List<Bin> bins) {

    /** How many bins. */
    public static final int COUNT = 15;

    /**
     * One bin.
     *
     * @param count samples in it, at least 0
     * @param confidence their mean largest probability, 0 to 1; 0 in an empty bin
     * @param accuracy the share of them predicted correctly, 0 to 1; 0 in an empty bin
     */
    public record Bin(long count, double confidence, double accuracy) {

        public Bin {
            if (count < 0 || !(confidence >= 0 && confidence <= 1 + 1e-4) || !(accuracy >= 0 && accuracy <= 1)) {
                throw new IllegalArgumentException("A bin needs count >= 0, confidence and accuracy in 0 to 1: " + count
                        + ", " + confidence + ", " + accuracy);
            }
        }

        static Bin ofSums(long count, double confidence, double correct) {
            return count == 0 ? new Bin(0, 0, 0) : new Bin(count, confidence / count, Math.min(correct / count, 1));
        }

        /** Confidence less accuracy, -1 to 1: above 0 is overconfident; 0 in an empty bin. */
        public double gap() {
            return confidence - accuracy;
        }

        private Bin plus(Bin other) {
            return ofSums(
                    count + other.count,
                    count * confidence + other.count * other.confidence,
                    count * accuracy + other.count * other.accuracy);
        }
    }

    public ReliabilityBins {
        bins = List.copyOf(bins);
        if (bins.size() != COUNT) {
            throw new IllegalArgumentException("There must be " + COUNT + " bins, not " + bins.size());
        }
    }

    /** No samples: the neutral element of {@link #merge}. */
    public static ReliabilityBins empty() {
        return new ReliabilityBins(Collections.nCopies(COUNT, new Bin(0, 0, 0)));
    }

    /**
     * Bins of N samples.
     *
     * @param logProbabilities {@code [N][K]}, finite, each row adding up to probability 1
     * @param labels {@code [N]}, each in 0 to K-1
     */
    public static ReliabilityBins of(double[][] logProbabilities, int[] labels) {
        LogProbabilities.require(logProbabilities, labels);
        long[] counts = new long[COUNT];
        double[] confidences = new double[COUNT];
        double[] correct = new double[COUNT];
        for (int n = 0; n < labels.length; n++) {
            int predicted = LogProbabilities.argmax(logProbabilities[n]);
            double confidence = Math.exp(logProbabilities[n][predicted]);
            int bin = ConfidenceBin.of(confidence, COUNT);
            counts[bin]++;
            confidences[bin] += confidence;
            correct[bin] += predicted == labels[n] ? 1 : 0;
        }
        List<Bin> bins = new ArrayList<>();
        for (int k = 0; k < COUNT; k++) {
            bins.add(Bin.ofSums(counts[k], confidences[k], correct[k]));
        }
        return new ReliabilityBins(bins);
    }

    /** The bins of both sets of samples together. */
    public ReliabilityBins merge(ReliabilityBins other) {
        List<Bin> merged = new ArrayList<>();
        for (int k = 0; k < COUNT; k++) {
            merged.add(bins.get(k).plus(other.bins.get(k)));
        }
        return new ReliabilityBins(merged);
    }

    /**
     * Where a bin begins, for a diagram.
     *
     * @param bin 0 to 14; 15 gives where the last one ends
     */
    public static double edge(int bin) {
        if (bin < 0 || bin > COUNT) {
            throw new IllegalArgumentException("There are " + COUNT + " bins, counted from 0; no edge " + bin);
        }
        return (double) bin / COUNT;
    }

    /** Samples in all bins. */
    public long samples() {
        return bins.stream().mapToLong(Bin::count).sum();
    }

    /**
     * Expected calibration error (paper, eq. 15), 0 to 1: |accuracy - confidence| weighted by count; 0 without samples.
     */
    public double ece() {
        return ece(bins);
    }

    static double ece(List<Bin> bins) {
        long samples = bins.stream().mapToLong(Bin::count).sum();
        return samples == 0
                ? 0
                : bins.stream()
                        .mapToDouble(b -> (double) b.count / samples * Math.abs(b.gap()))
                        .sum();
    }
}
