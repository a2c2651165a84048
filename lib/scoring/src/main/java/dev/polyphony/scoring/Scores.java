package dev.polyphony.scoring;

/**
 * Four scores of probabilities against labels (paper, eqs. 12 to 15, in the order of the parameters).
 *
 * @param accuracy share of samples whose largest probability is the label's, 0 to 1; of equal ones the lowest class counts
 * @param nll mean negative log-likelihood, {@code -log(1e-12 + p)} (the authors' reference code), about 0 to 27.64
 * @param brier mean squared distance of the probabilities from the one-hot label, summed over classes, 0 to 2
 * @param ece expected calibration error over {@link ReliabilityBins}, 0 to 1
 */
public record Scores(double accuracy, double nll, double brier, double ece) {

    private static final double FLOOR = 1e-12;

    public Scores {
        if (!(accuracy >= 0 && accuracy <= 1)
                || !Double.isFinite(nll)
                || !(brier >= 0 && Double.isFinite(brier))
                || !(ece >= 0 && Double.isFinite(ece))) {
            throw new IllegalArgumentException(
                    "Scores out of range: accuracy " + accuracy + ", nll " + nll + ", brier " + brier + ", ece " + ece);
        }
    }

    /**
     * Scores of N samples.
     *
     * @param logProbabilities {@code [N][K]}, finite, each row adding up to probability 1
     * @param labels {@code [N]}, each in 0 to K-1
     * @throws IllegalArgumentException naming the sample that does not fit
     */
    public static Scores of(double[][] logProbabilities, int[] labels) {
        double ece = ReliabilityBins.of(logProbabilities, labels).ece();
        int correct = 0;
        double nll = 0;
        double brier = 0;
        for (int n = 0; n < labels.length; n++) {
            double[] row = logProbabilities[n];
            correct += LogProbabilities.argmax(row) == labels[n] ? 1 : 0;
            nll -= Math.log(FLOOR + Math.exp(row[labels[n]]));
            brier += squaredDistance(row, labels[n]);
        }
        double samples = labels.length;
        return new Scores(correct / samples, nll / samples, brier / samples, ece);
    }

    /** The mean negative log-likelihood alone, unchecked. */
    static double nll(double[][] logProbabilities, int[] labels) {
        double nll = 0;
        for (int n = 0; n < labels.length; n++) {
            nll -= Math.log(FLOOR + Math.exp(logProbabilities[n][labels[n]]));
        }
        return nll / labels.length;
    }

    private static double squaredDistance(double[] row, int label) {
        double sum = 0;
        for (int k = 0; k < row.length; k++) {
            double distance = Math.exp(row[k]) - (k == label ? 1 : 0);
            sum += distance * distance;
        }
        return sum;
    }
}
