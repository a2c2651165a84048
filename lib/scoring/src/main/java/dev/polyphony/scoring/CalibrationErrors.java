package dev.polyphony.scoring;

/**
 * How far confidence is from frequency, in three readings of the paper's eq. 15; all are fractions, 0 to 1, lower is
 * better.
 *
 * @param expected of the predicted class in 15 equal bins, as {@link ReliabilityBins#ece}
 * @param adaptive of the predicted class in 15 bins of equally many samples, as {@link AdaptiveBins#ece}
 * @param classwise of every class, as {@link #classwise(double[][], int[], int)} with 15 bins
 */
public record CalibrationErrors(double expected, double adaptive, double classwise) {

    public CalibrationErrors {
        require("expected", expected);
        require("adaptive", adaptive);
        require("classwise", classwise);
    }

    private static void require(String name, double error) {
        if (!(error >= 0 && Double.isFinite(error))) {
            throw new IllegalArgumentException("The " + name + " calibration error must be at least 0, not " + error);
        }
    }

    /**
     * The three errors of N samples.
     *
     * @param logProbabilities {@code [N][K]}, finite, each row adding up to probability 1
     * @param labels {@code [N]}, each in 0 to K-1
     * @throws IllegalArgumentException naming the sample that does not fit
     */
    public static CalibrationErrors of(double[][] logProbabilities, int[] labels) {
        return new CalibrationErrors(
                ReliabilityBins.of(logProbabilities, labels).ece(),
                AdaptiveBins.of(logProbabilities, labels).ece(),
                classwise(logProbabilities, labels, ReliabilityBins.COUNT));
    }

    /**
     * Class-wise, or static, calibration error (Nixon et al. 2019): for each class the samples fall into equal bins of
     * that class's probability, (k/bins, (k+1)/bins] with 0 in the first, and |share of that label - mean probability|
     * is weighted by count; then the mean over the K classes, those without a label included. 0 to 1.
     *
     * @param logProbabilities {@code [N][K]}, finite, each row adding up to probability 1
     * @param labels {@code [N]}, each in 0 to K-1
     * @param bins how many, at least 1
     * @throws IllegalArgumentException naming the sample that does not fit
     */
    public static double classwise(double[][] logProbabilities, int[] labels, int bins) {
        if (bins < 1) {
            throw new IllegalArgumentException("At least one bin is needed, not " + bins);
        }
        LogProbabilities.require(logProbabilities, labels);
        int classes = logProbabilities[0].length;
        double sum = 0;
        for (int k = 0; k < classes; k++) {
            double[] gaps = new double[bins];
            for (int n = 0; n < labels.length; n++) {
                double probability = Math.exp(logProbabilities[n][k]);
                gaps[ConfidenceBin.of(probability, bins)] += (labels[n] == k ? 1 : 0) - probability;
            }
            for (double gap : gaps) {
                sum += Math.abs(gap);
            }
        }
        return sum / classes / labels.length;
    }
}
