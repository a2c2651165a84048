package dev.polyphony.scoring;

import java.util.Arrays;

/**
 * Entropy of the predicted class (paper, sec. A.1, fig. 8), in nats, 0 to log K; of an ensemble, that of its mean probability. It
 * is taken from log-probabilities, where the authors' reference code adds 1e-12 inside the logarithm: the two differ by
 * less than K times 1e-12.
 */
public final class PredictiveEntropy {

    private PredictiveEntropy() {}

    /** Entropy of each sample's pooled probabilities, {@code [N]}; labels play no part. */
    public static double[] of(Predictions predictions) {
        return of(predictions.pooledLogProbabilities());
    }

    /**
     * Entropy of each row, {@code [N]}.
     *
     * @param logProbabilities {@code [N][K]}, finite, each row adding up to probability 1
     * @throws IllegalArgumentException naming the sample that does not fit
     */
    public static double[] of(double[][] logProbabilities) {
        LogProbabilities.requireRows(logProbabilities);
        return Arrays.stream(logProbabilities)
                .mapToDouble(PredictiveEntropy::entropy)
                .toArray();
    }

    private static double entropy(double[] logs) {
        double sum = 0;
        for (double log : logs) {
            sum -= Math.exp(log) * log;
        }
        return Math.min(Math.max(sum, 0), Math.log(logs.length));
    }
}
