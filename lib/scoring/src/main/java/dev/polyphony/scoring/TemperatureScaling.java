package dev.polyphony.scoring;

import java.util.stream.Stream;

/**
 * Calibration by one temperature: softmax(log p / T) (paper, eq. 17) with the T of least negative log-likelihood on the
 * validation split (paper, eq. 16). An ensemble is pooled first and scaled once, as in the authors' reference code.
 */
public final class TemperatureScaling {

    /** Smallest temperature {@link #fit} returns. */
    public static final double LOWEST = 1e-2;

    /** Largest temperature {@link #fit} returns. */
    public static final double HIGHEST = 1e2;

    private TemperatureScaling() {}

    /**
     * The temperature of least NLL (paper, eq. 16), to a relative 1e-9. The NLL is taken without the 1e-12 of
     * {@link Scores}: it is then convex in 1/T and has one minimum.
     *
     * <p>{@link #LOWEST} when sharpening always helps (every prediction correct), {@link #HIGHEST} when flattening always
     * helps (worse than uniform at any temperature), 1 when the NLL does not depend on T (uniform predictions).
     *
     * @param logProbabilities {@code [N][K]}, finite, each row adding up to probability 1
     * @param labels {@code [N]}, each in 0 to K-1
     * @return T in 0.01 to 100
     */
    public static double fit(double[][] logProbabilities, int[] labels) {
        LogProbabilities.require(logProbabilities, labels);
        return 1 / new InverseTemperature(logProbabilities, labels).minimum(1 / HIGHEST, 1 / LOWEST);
    }

    /**
     * Log-probabilities of softmax(log p / T) (paper, eq. 17), {@code [N][K]}; the argument is left as it is.
     *
     * @param logProbabilities {@code [N][K]}, finite, each row adding up to probability 1
     * @param temperature T, positive and finite
     */
    public static double[][] apply(double[][] logProbabilities, double temperature) {
        if (!(temperature > 0 && Double.isFinite(temperature))) {
            throw new IllegalArgumentException("A temperature must be positive and finite, not " + temperature);
        }
        LogProbabilities.requireRows(logProbabilities);
        return Stream.of(logProbabilities)
                .map(row -> LogProbabilities.logSoftmax(row, 1 / temperature))
                .toArray(double[][]::new);
    }
}
