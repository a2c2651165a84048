package dev.polyphony.scoring;

/**
 * Finds b = 1/T of least NLL of softmax(b log p): the root of the first derivative, which never falls, by Newton's
 * method on log b inside a bracket.
 */
final class InverseTemperature {

    private static final double TOLERANCE = 1e-9;
    private static final int MAX_STEPS = 100;

    private final double[][] rows;
    private final int[] labels;

    InverseTemperature(double[][] rows, int[] labels) {
        this.rows = rows;
        this.labels = labels;
    }

    /** The NLL's first and second derivative by b. */
    private record Slope(double first, double second) {}

    /** The minimum within low to high, which must enclose 1; 1 if the NLL is flat there. */
    double minimum(double low, double high) {
        Slope slope = slope(1);
        if (slope.first == 0) {
            return 1;
        }
        double end = slope.first < 0 ? high : low;
        double atEnd = slope(end).first;
        if (atEnd == 0 || atEnd < 0 == slope.first < 0) {
            return end;
        }
        return Math.exp(root(slope, Math.min(0, Math.log(end)), Math.max(0, Math.log(end))));
    }

    private double root(Slope atOne, double bracketLow, double bracketHigh) {
        double low = bracketLow;
        double high = bracketHigh;
        double u = 0;
        double lastStep = high - low;
        Slope slope = atOne;
        for (int step = 0; step < MAX_STEPS && Math.abs(lastStep) > TOLERANCE && slope.first != 0; step++) {
            double newton = u - slope.first / (slope.second * Math.exp(u));
            boolean trusted = newton > low && newton < high && Math.abs(newton - u) <= Math.abs(lastStep) / 2;
            double next = trusted ? newton : (low + high) / 2;
            lastStep = next - u;
            u = next;
            slope = slope(Math.exp(u));
            if (slope.first < 0) {
                low = u;
            } else {
                high = u;
            }
        }
        return u;
    }

    private Slope slope(double b) {
        double first = 0;
        double second = 0;
        for (int n = 0; n < rows.length; n++) {
            double[] row = rows[n];
            double max = row[LogProbabilities.argmax(row)];
            double sum = 0;
            double sumZ = 0;
            double sumZz = 0;
            for (double value : row) {
                double z = value - max;
                double weight = Math.exp(b * z);
                sum += weight;
                sumZ += weight * z;
                sumZz += weight * z * z;
            }
            double mean = sumZ / sum;
            first += mean - (row[labels[n]] - max);
            second += sumZz / sum - mean * mean;
        }
        return new Slope(first, second);
    }
}
