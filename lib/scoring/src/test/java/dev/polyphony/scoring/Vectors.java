package dev.polyphony.scoring;

import java.util.Arrays;

/** Inputs whose scores were computed independently. */
final class Vectors {

    static final double[][] EIGHT = {
        {.70, .20, .10}, {.45, .35, .20}, {.10, .85, .05}, {.30, .30, .40},
        {.95, .03, .02}, {.25, .72, .03}, {.05, .05, .90}, {.50, .41, .09}
    };
    static final int[] EIGHT_LABELS = {0, 1, 1, 2, 0, 0, 2, 0};

    private Vectors() {}

    static double[][] logs(double[][] probabilities) {
        return Arrays.stream(probabilities).map(Vectors::logs).toArray(double[][]::new);
    }

    static double[] logs(double... probabilities) {
        return Arrays.stream(probabilities).map(Math::log).toArray();
    }

    /** Predictions with each sample given as its members' probabilities; every label is 0. */
    static Predictions samples(double[][]... samples) {
        double[][][] logits = new double[samples[0].length][samples.length][];
        for (int m = 0; m < logits.length; m++) {
            for (int n = 0; n < samples.length; n++) {
                logits[m][n] = logs(samples[n][m]);
            }
        }
        return new Predictions(logits, new int[samples.length]);
    }

    /** Samples of logits (a, 0), the share q of them of label 0. */
    static Predictions twoClasses(double a, double q, int samples) {
        double[][] logits = new double[samples][];
        int[] labels = new int[samples];
        for (int n = 0; n < samples; n++) {
            logits[n] = new double[] {a, 0};
            labels[n] = n < Math.round(q * samples) ? 0 : 1;
        }
        return new Predictions(new double[][][] {logits}, labels);
    }
}
