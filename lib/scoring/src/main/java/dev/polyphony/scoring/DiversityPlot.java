package dev.polyphony.scoring;

import dev.polyphony.scoring.statistics.BoxStatistics;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Divergence of members by confidence (paper, sec. 5.2, figs. 3 and 5(c)): samples fall into equal bins of the minimum
 * over members of the largest probability; each brings the Kullback-Leibler divergences of all ordered pairs of different
 * members, in nats. {@link Diversity#bins} differs: there a sample brings the mean over its pairs.
 *
 * @param members M, at least 1; one member has no pairs, and its boxes are empty
 * @param samples N, at least 1
 * @param meanKld average divergence weighted by bin counts, which is {@link Diversity#meanKld}; at least 0
 * @param bins by ascending confidence
 */
public record DiversityPlot(int members, int samples, double meanKld, List<Bin> bins) {

    /** Bins where the caller names no number: the paper's is not known, and this is that of its calibration error. */
    public static final int BINS = ReliabilityBins.COUNT;

    /**
     * The samples whose least confident member is in (low, high].
     *
     * @param low lower edge, 0 to 1
     * @param high upper edge, 0 to 1
     * @param samples how many, at least 0
     * @param divergences of their pairs: M (M - 1) times as many values, in nats
     */
    public record Bin(double low, double high, int samples, BoxStatistics divergences) {}

    public DiversityPlot {
        bins = List.copyOf(bins);
    }

    /** {@link #of(Predictions, int)} with {@link #BINS} bins. */
    public static DiversityPlot of(Predictions predictions) {
        return of(predictions, BINS);
    }

    /**
     * The plot of some predictions, which takes 8 N M (M - 1) bytes for a while.
     *
     * @param bins how many, at least 1; bin k is (k/bins, (k+1)/bins]
     * @throws IllegalArgumentException if there are no bins
     */
    public static DiversityPlot of(Predictions predictions, int bins) {
        int[] binOf = Diversity.binsOf(predictions, bins);
        int pairs = predictions.members() * (predictions.members() - 1);
        int[] samples = new int[bins];
        Arrays.stream(binOf).forEach(bin -> samples[bin]++);
        double[][] values = new double[bins][];
        Arrays.setAll(values, bin -> new double[samples[bin] * pairs]);
        int[] filled = new int[bins];
        double sum = 0;
        for (int n = 0; n < binOf.length; n++) {
            for (double divergence : Diversity.pairs(predictions, n)) {
                values[binOf[n]][filled[binOf[n]]++] = divergence;
                sum += divergence;
            }
        }
        List<Bin> result = new ArrayList<>();
        for (int k = 0; k < bins; k++) {
            result.add(new Bin((double) k / bins, (k + 1.0) / bins, samples[k], BoxStatistics.of(values[k])));
        }
        double count = (double) pairs * predictions.samples();
        return new DiversityPlot(predictions.members(), predictions.samples(), pairs == 0 ? 0 : sum / count, result);
    }
}
