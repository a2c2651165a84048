package dev.polyphony.scoring;

import dev.polyphony.scoring.statistics.BoxStatistics;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** How much the members of an ensemble differ. */
public final class Diversity {

    private Diversity() {}

    /**
     * The divergences of the samples whose least confident member is in (low, high].
     *
     * @param low lower edge, 0 to 1
     * @param high upper edge, 0 to 1
     * @param count samples, at least 0; in an empty bin all that follows is 0
     * @param mean mean divergence, in nats
     * @param min smallest
     * @param q1 first quartile, interpolated linearly between order statistics, as are the next two
     * @param median second quartile
     * @param q3 third quartile
     * @param max largest
     */
    public record Bin(
            double low,
            double high,
            long count,
            double mean,
            double min,
            double q1,
            double median,
            double q3,
            double max) {

        private static Bin of(double low, double high, double[] divergences) {
            BoxStatistics box = BoxStatistics.of(divergences);
            return new Bin(low, high, box.count(), box.mean(), box.min(), box.q1(), box.median(), box.q3(), box.max());
        }
    }

    /**
     * Kullback-Leibler divergence in nats, at least 0, averaged over the ordered pairs of different members and over
     * samples (paper, diversity of teachers); 0 for one member.
     */
    public static double meanKld(Predictions predictions) {
        return Arrays.stream(divergences(predictions)).average().orElseThrow();
    }

    /** Share of pairs of members, averaged over samples, that predict different classes, 0 to 1; 0 for one member. */
    public static double disagreement(Predictions predictions) {
        int members = predictions.members();
        if (members == 1) {
            return 0;
        }
        long different = 0;
        for (int n = 0; n < predictions.samples(); n++) {
            int[] predicted = new int[members];
            for (int i = 0; i < members; i++) {
                predicted[i] = LogProbabilities.argmax(predictions.row(i, n));
                for (int j = 0; j < i; j++) {
                    different += predicted[i] == predicted[j] ? 0 : 1;
                }
            }
        }
        return different / (members * (members - 1) / 2.0 * predictions.samples());
    }

    /**
     * Mutual information in nats of the predicted class and the member that predicts it, averaged over samples, 0 to
     * log(min(M, K)): the entropy of the pooled probabilities less the members' mean entropy. Summed as the members' mean
     * divergence from the pool, which equals it and cancels less; 0 for one member.
     */
    public static double mutualInformation(Predictions predictions) {
        if (predictions.members() == 1) {
            return 0;
        }
        double sum = 0;
        for (int n = 0; n < predictions.samples(); n++) {
            double[] pooled = predictions.pool(n);
            for (int m = 0; m < predictions.members(); m++) {
                double[] logs = predictions.row(m, n);
                sum += divergence(probabilities(logs), logs, pooled);
            }
        }
        return sum / predictions.members() / predictions.samples();
    }

    /**
     * The divergences by confidence: samples fall into equal bins of the minimum over members of the largest
     * probability (paper, diversity plots). The count-weighted mean over bins is {@link #meanKld}.
     *
     * @param bins how many, at least 1; bin k is (k/bins, (k+1)/bins]
     */
    public static List<Bin> bins(Predictions predictions, int bins) {
        double[] divergences = divergences(predictions);
        int[] binOf = binsOf(predictions, bins);
        int[] counts = new int[bins];
        Arrays.stream(binOf).forEach(bin -> counts[bin]++);
        double[][] values = new double[bins][];
        Arrays.setAll(values, k -> new double[counts[k]]);
        for (int n = 0; n < binOf.length; n++) {
            values[binOf[n]][--counts[binOf[n]]] = divergences[n];
        }
        List<Bin> result = new ArrayList<>();
        for (int k = 0; k < bins; k++) {
            result.add(Bin.of((double) k / bins, (k + 1.0) / bins, values[k]));
        }
        return result;
    }

    /** Which bin of the minimum confidence each sample is in, {@code [N]}. */
    static int[] binsOf(Predictions predictions, int bins) {
        if (bins < 1) {
            throw new IllegalArgumentException("At least one bin is needed, not " + bins);
        }
        return IntStream.range(0, predictions.samples())
                .map(n -> ConfidenceBin.of(minimumConfidence(predictions, n), bins))
                .toArray();
    }

    private static double minimumConfidence(Predictions predictions, int sample) {
        double least = 0;
        for (int m = 0; m < predictions.members(); m++) {
            double[] row = predictions.row(m, sample);
            least = Math.min(least, row[LogProbabilities.argmax(row)]);
        }
        return Math.exp(least);
    }

    private static double[] divergences(Predictions predictions) {
        double[] result = new double[predictions.samples()];
        int members = predictions.members();
        if (members > 1) {
            for (int n = 0; n < result.length; n++) {
                result[n] = Arrays.stream(pairs(predictions, n)).sum() / (members * (members - 1.0));
            }
        }
        return result;
    }

    /** Divergences of one sample's ordered pairs of different members, {@code [M (M - 1)]}. */
    static double[] pairs(Predictions predictions, int sample) {
        int members = predictions.members();
        double[] result = new double[members * (members - 1)];
        int next = 0;
        for (int i = 0; i < members; i++) {
            double[] logs = predictions.row(i, sample);
            double[] probabilities = probabilities(logs);
            for (int j = 0; j < members; j++) {
                if (j != i) {
                    result[next++] = divergence(probabilities, logs, predictions.row(j, sample));
                }
            }
        }
        return result;
    }

    private static double[] probabilities(double[] logs) {
        return Arrays.stream(logs).map(Math::exp).toArray();
    }

    private static double divergence(double[] probabilities, double[] logs, double[] others) {
        double sum = 0;
        for (int k = 0; k < logs.length; k++) {
            sum += probabilities[k] * (logs[k] - others[k]);
        }
        return Math.max(sum, 0);
    }
}
