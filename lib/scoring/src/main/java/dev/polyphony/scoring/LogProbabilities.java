package dev.polyphony.scoring;

/** Arithmetic on rows of log-probabilities, {@code [N][K]}. */
final class LogProbabilities {

    /** How far the sum of a row's probabilities may be from 1; float32 arithmetic stays far below. */
    private static final double SUM_TOLERANCE = 1e-4;

    private LogProbabilities() {}

    /** Log-softmax of {@code scale * row}. */
    static double[] logSoftmax(double[] row, double scale) {
        double[] result = new double[row.length];
        double max = row[argmax(row)];
        double sum = 0;
        for (int k = 0; k < row.length; k++) {
            result[k] = (row[k] - max) * scale;
            sum += Math.exp(result[k]);
        }
        double logSum = Math.log(sum);
        for (int k = 0; k < row.length; k++) {
            result[k] -= logSum;
        }
        return result;
    }

    /** Index of the largest value; of equal values the first. */
    static int argmax(double[] row) {
        int best = 0;
        for (int k = 1; k < row.length; k++) {
            if (row[k] > row[best]) {
                best = k;
            }
        }
        return best;
    }

    /** Refuses anything but N rows of K log-probabilities and N labels in 0 to K-1. */
    static void require(double[][] rows, int[] labels) {
        if (rows.length == 0 || rows.length != labels.length) {
            throw new IllegalArgumentException("Rows and labels must be equally many and at least one: " + rows.length
                    + " rows, " + labels.length + " labels");
        }
        requireLabels(labels, rows[0].length);
        requireRows(rows);
    }

    static void requireRows(double[][] rows) {
        for (int n = 0; n < rows.length; n++) {
            if (rows[n].length == 0 || rows[n].length != rows[0].length) {
                throw new IllegalArgumentException(
                        "Sample " + n + " has " + rows[n].length + " classes, sample 0 has " + rows[0].length);
            }
            double sum = 0;
            for (int k = 0; k < rows[n].length; k++) {
                if (!Double.isFinite(rows[n][k])) {
                    throw new IllegalArgumentException("Log-probability of sample " + n + ", class " + k
                            + " must be finite, but is " + rows[n][k]);
                }
                sum += Math.exp(rows[n][k]);
            }
            if (!(Math.abs(sum - 1) <= SUM_TOLERANCE)) {
                throw new IllegalArgumentException("Probabilities of sample " + n + " must add up to 1, not " + sum);
            }
        }
    }

    static void requireLabels(int[] labels, int classes) {
        for (int n = 0; n < labels.length; n++) {
            if (labels[n] < 0 || labels[n] >= classes) {
                throw new IllegalArgumentException("Label of sample " + n + " is " + labels[n] + ", but there are "
                        + classes + " classes, counted from 0");
            }
        }
    }
}
