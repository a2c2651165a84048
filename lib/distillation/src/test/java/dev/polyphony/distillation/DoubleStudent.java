package dev.polyphony.distillation;

import static dev.polyphony.distillation.Students.CLASSES;
import static dev.polyphony.distillation.Students.MEMBERS;
import static dev.polyphony.distillation.Students.PIXELS;

/** The objective of the small student written once more, in double precision and without an engine. */
final class DoubleStudent {

    private static final double ALPHA = 0.9;
    private static final double TEMPERATURE = 4;

    private DoubleStudent() {}

    static double crossEntropy(double[] weights, float[] images, int[] labels) {
        double sum = 0;
        for (int m = 0; m < MEMBERS; m++) {
            for (int i = 0; i < labels.length; i++) {
                sum -= Math.log(softmax(logits(weights, images, m, i), 1)[labels[i]]);
            }
        }
        return sum / (MEMBERS * labels.length);
    }

    static double divergence(double[] weights, float[] images, float[] teacher) {
        int count = images.length / PIXELS;
        double sum = 0;
        for (int m = 0; m < MEMBERS; m++) {
            for (int i = 0; i < count; i++) {
                double[] target = new double[CLASSES];
                for (int k = 0; k < CLASSES; k++) {
                    target[k] = teacher[(m * count + i) * CLASSES + k];
                }
                target = softmax(target, TEMPERATURE);
                double[] actual = softmax(logits(weights, images, m, i), TEMPERATURE);
                for (int k = 0; k < CLASSES; k++) {
                    sum += target[k] * Math.log(target[k] / actual[k]);
                }
            }
        }
        return sum / (MEMBERS * count);
    }

    static double total(double[] weights, float[] clean, float[] perturbed, int[] labels, float[] teacher) {
        return (1 - ALPHA) * crossEntropy(weights, clean, labels)
                + ALPHA * TEMPERATURE * TEMPERATURE * divergence(weights, perturbed, teacher);
    }

    private static double[] logits(double[] weights, float[] images, int m, int i) {
        int bias = CLASSES * PIXELS;
        int r = bias + CLASSES + m * PIXELS;
        int s = bias + CLASSES + MEMBERS * PIXELS + m * CLASSES;
        double[] logits = new double[CLASSES];
        for (int k = 0; k < CLASSES; k++) {
            for (int d = 0; d < PIXELS; d++) {
                logits[k] += weights[k * PIXELS + d] * images[i * PIXELS + d] * weights[r + d];
            }
            logits[k] = logits[k] * weights[s + k] + weights[bias + k];
        }
        return logits;
    }

    private static double[] softmax(double[] logits, double temperature) {
        double[] probabilities = new double[logits.length];
        double sum = 0;
        for (int k = 0; k < logits.length; k++) {
            probabilities[k] = Math.exp(logits[k] / temperature);
            sum += probabilities[k];
        }
        for (int k = 0; k < logits.length; k++) {
            probabilities[k] /= sum;
        }
        return probabilities;
    }
}
