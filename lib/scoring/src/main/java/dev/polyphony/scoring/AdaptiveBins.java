package dev.polyphony.scoring;

import java.util.ArrayList;
import java.util.List;

/**
 * Confidence against accuracy in bins of equally many samples (Nixon et al. 2019), the other reading of the bins of the
 * paper's eq. 15. Of N samples by ascending confidence, bin k of B holds the ranks ⌊kN/B⌋ to ⌊(k+1)N/B⌋ - 1: sizes differ
 * by at most one, and with N below B some bins are empty.
 *
 * <p>Samples of exactly equal confidence have no order, and may lie on both sides of an edge: each then counts with the
 * share of correct ones among them, which is the expectation over all orders.
 *
 * @param bins by ascending confidence, at least one
 */
public record AdaptiveBins(List<ReliabilityBins.Bin> bins) {

    public AdaptiveBins {
        bins = List.copyOf(bins);
        if (bins.isEmpty()) {
            throw new IllegalArgumentException("At least one bin is needed");
        }
    }

    /** {@link #of(double[][], int[], int)} with {@link ReliabilityBins#COUNT} bins. */
    public static AdaptiveBins of(double[][] logProbabilities, int[] labels) {
        return of(logProbabilities, labels, ReliabilityBins.COUNT);
    }

    /**
     * Bins of N samples.
     *
     * @param logProbabilities {@code [N][K]}, finite, each row adding up to probability 1
     * @param labels {@code [N]}, each in 0 to K-1
     * @param count how many bins, at least 1
     * @throws IllegalArgumentException naming the sample that does not fit
     */
    public static AdaptiveBins of(double[][] logProbabilities, int[] labels, int count) {
        if (count < 1) {
            throw new IllegalArgumentException("At least one bin is needed, not " + count);
        }
        RankedConfidences ranked = RankedConfidences.of(logProbabilities, labels);
        List<ReliabilityBins.Bin> bins = new ArrayList<>();
        for (long k = 0; k < count; k++) {
            bins.add(ranked.bin((int) (k * ranked.samples() / count), (int) ((k + 1) * ranked.samples() / count)));
        }
        return new AdaptiveBins(bins);
    }

    /** Adaptive expected calibration error, 0 to 1: |accuracy - confidence| weighted by count. */
    public double ece() {
        return ReliabilityBins.ece(bins);
    }
}
