package dev.polyphony.distillation.jacobians;

/** Probabilities in double precision: differences of those of a confident network are lost in float32. */
final class Softmax {

    private Softmax() {}

    /**
     * The softened softmax of one row.
     *
     * @param logits rows of K
     * @param row counts from 0
     * @param classes K
     * @return [K]
     */
    static double[] of(float[] logits, int row, int classes, double temperature) {
        int from = row * classes;
        double top = logits[from];
        for (int k = 1; k < classes; k++) {
            top = Math.max(top, logits[from + k]);
        }
        double[] probabilities = new double[classes];
        double sum = 0;
        for (int k = 0; k < classes; k++) {
            probabilities[k] = Math.exp((logits[from + k] - top) / temperature);
            sum += probabilities[k];
        }
        for (int k = 0; k < classes; k++) {
            probabilities[k] /= sum;
        }
        return probabilities;
    }

    static double checked(double temperature) {
        if (!(temperature > 0 && Double.isFinite(temperature))) {
            throw new IllegalArgumentException("a temperature is above 0: " + temperature);
        }
        return temperature;
    }
}
