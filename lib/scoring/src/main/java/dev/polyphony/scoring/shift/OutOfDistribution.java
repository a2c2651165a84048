package dev.polyphony.scoring.shift;

import dev.polyphony.scoring.Predictions;
import dev.polyphony.scoring.PredictiveEntropy;
import dev.polyphony.scoring.statistics.AveragePrecision;
import dev.polyphony.scoring.statistics.Histogram;
import dev.polyphony.scoring.statistics.RocCurve;
import java.util.Arrays;
import java.util.stream.DoubleStream;

/**
 * How well predictive entropy tells data of other classes from the test data (paper, sec. A.1, fig. 8). The paper
 * shows the entropies alone; the rates follow Hendrycks and Gimpel 2017. Samples of equal entropy cross a threshold
 * together. All rates are fractions, 0 to 1.
 *
 * @param meanEntropyIn mean entropy in distribution, in nats
 * @param meanEntropyOut mean entropy out of distribution, in nats; higher is better
 * @param auroc probability that a sample out of distribution has the higher entropy, a tie counting half
 * @param auprIn {@link AveragePrecision} of finding samples in distribution by low entropy
 * @param auprOut {@link AveragePrecision} of finding samples out of distribution by high entropy
 * @param fpr95In share of samples out of distribution taken in by a threshold that keeps 95 % of those in distribution
 * @param fpr95Out share of samples in distribution thrown out by a threshold that finds 95 % of those out of distribution
 * @param entropiesIn histogram of the entropies in distribution
 * @param entropiesOut histogram of the entropies out of distribution, with the same edges
 */
public record OutOfDistribution(
        double meanEntropyIn,
        double meanEntropyOut,
        double auroc,
        double auprIn,
        double auprOut,
        double fpr95In,
        double fpr95Out,
        Histogram entropiesIn,
        Histogram entropiesOut) {

    /** Bins of the entropy histograms of {@link #of(Predictions, Predictions)}: the paper's number is not known. */
    public static final int BINS = 50;

    private static final double KEPT = 0.95;

    public OutOfDistribution {
        if (!entropiesIn.edges().equals(entropiesOut.edges())) {
            throw new IllegalArgumentException("Both histograms must have the same edges");
        }
    }

    /**
     * Compares a model's predictions on two data sets; the histograms have {@link #BINS} bins. Labels play no part.
     *
     * @param in predictions on the test data
     * @param out predictions of the same members on data of other classes
     * @throws IllegalArgumentException if the two differ in members or classes, or there is one class only
     */
    public static OutOfDistribution of(Predictions in, Predictions out) {
        if (in.members() != out.members() || in.classes() != out.classes()) {
            throw new IllegalArgumentException("Predictions in distribution are of " + in.members() + " members and "
                    + in.classes() + " classes, those out of it of " + out.members() + " and " + out.classes());
        }
        return of(PredictiveEntropy.of(in), PredictiveEntropy.of(out), in.classes(), BINS);
    }

    /**
     * Compares entropies.
     *
     * @param in {@link PredictiveEntropy} of each sample in distribution, at least one, 0 to log K
     * @param out the same out of distribution, at least one
     * @param classes K, at least 2: the histograms reach from 0 to log K
     * @param bins of the histograms, at least 1
     * @throws IllegalArgumentException if an entropy is NaN or out of range, or there is none
     */
    public static OutOfDistribution of(double[] in, double[] out, int classes, int bins) {
        if (classes < 2) {
            throw new IllegalArgumentException("Entropy tells nothing with fewer than 2 classes: " + classes);
        }
        RocCurve findingIn = RocCurve.of(negated(in), negated(out));
        RocCurve findingOut = RocCurve.of(out, in);
        double most = Math.log(classes);
        return new OutOfDistribution(
                mean(in),
                mean(out),
                findingOut.area(),
                AveragePrecision.of(negated(in), negated(out)),
                AveragePrecision.of(out, in),
                findingIn.falsePositiveRateAt(KEPT),
                findingOut.falsePositiveRateAt(KEPT),
                Histogram.of(in, 0, most, bins),
                Histogram.of(out, 0, most, bins));
    }

    private static double mean(double[] values) {
        return DoubleStream.of(values).average().orElseThrow();
    }

    private static double[] negated(double[] values) {
        return Arrays.stream(values).map(value -> -value).toArray();
    }
}
