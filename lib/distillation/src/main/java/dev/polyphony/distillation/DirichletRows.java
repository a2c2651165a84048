package dev.polyphony.distillation;

import org.apache.commons.numbers.gamma.Digamma;
import org.apache.commons.numbers.gamma.LogGamma;

/**
 * Negative log-likelihood of an ensemble's probabilities under Dirichlet distributions, and its gradient. With a_k =
 * exp(z_k / T), a_0 their sum, and l_k the mean over members of log(p_mk + e), a row's is
 * {@code sum_k lnGamma(a_k + e) - lnGamma(a_0 + e) - sum_k (a_k - 1) * l_k}, and its derivative by z_k is
 * {@code a_k / T * (digamma(a_k + e) - digamma(a_0 + e) - l_k)}. Members' probabilities p_m = softmax(t_m / T) are mixed
 * with the uniform distribution first.
 */
final class DirichletRows {

    /** Keeps logarithms finite: e. */
    private static final double FLOOR = 1e-8;

    private final double loss;
    private final float[] gradient;
    private final double surrogate;

    private DirichletRows(double loss, float[] gradient, double surrogate) {
        this.loss = loss;
        this.gradient = gradient;
        this.surrogate = surrogate;
    }

    /** The mean over rows, in nats. */
    double loss() {
        return loss;
    }

    /** The loss's gradient by the student's logits, [S*B, K]. */
    float[] gradient() {
        return gradient;
    }

    /** Sum of gradient times logits. */
    double surrogate() {
        return surrogate;
    }

    /**
     * For all rows.
     *
     * @param student [S*B, K]
     * @param teacher [M, B, K]
     * @param members M
     * @param classes K
     * @param smoothing share of the uniform distribution
     * @param temperature T
     */
    static DirichletRows of(
            float[] student, float[] teacher, int members, int classes, double smoothing, double temperature) {
        double[] meanLog = meanLog(teacher, members, classes, smoothing, temperature);
        int rows = student.length / classes;
        float[] gradient = new float[student.length];
        double[] concentration = new double[classes];
        double loss = 0;
        double surrogate = 0;
        for (int row = 0; row < rows; row++) {
            int at = row * classes;
            int target = at % meanLog.length;
            double all = 0;
            for (int k = 0; k < classes; k++) {
                concentration[k] = Math.exp(student[at + k] / temperature);
                all += concentration[k];
            }
            double digammaOfAll = Digamma.value(all + FLOOR);
            loss -= LogGamma.value(all + FLOOR);
            for (int k = 0; k < classes; k++) {
                double a = concentration[k];
                double log = meanLog[target + k];
                loss += LogGamma.value(a + FLOOR) - (a - 1) * log;
                double slope = a / temperature * (Digamma.value(a + FLOOR) - digammaOfAll - log) / rows;
                gradient[at + k] = (float) slope;
                surrogate += (double) gradient[at + k] * student[at + k];
            }
        }
        return new DirichletRows(loss / rows, gradient, surrogate);
    }

    /** Mean over members of the logarithms of their smoothed probabilities, [B, K]. */
    private static double[] meanLog(float[] teacher, int members, int classes, double smoothing, double temperature) {
        int size = teacher.length / members;
        double[] meanLog = new double[size];
        double[] probability = new double[classes];
        for (int at = 0; at < teacher.length; at += classes) {
            softmax(teacher, at, temperature, probability);
            for (int k = 0; k < classes; k++) {
                double smoothed = (1 - smoothing) * (probability[k] - 1.0 / classes) + 1.0 / classes;
                meanLog[at % size + k] += Math.log(smoothed + FLOOR) / members;
            }
        }
        return meanLog;
    }

    private static void softmax(float[] logits, int at, double temperature, double[] probability) {
        double largest = Double.NEGATIVE_INFINITY;
        for (int k = 0; k < probability.length; k++) {
            largest = Math.max(largest, logits[at + k] / temperature);
        }
        double sum = 0;
        for (int k = 0; k < probability.length; k++) {
            probability[k] = Math.exp(logits[at + k] / temperature - largest);
            sum += probability[k];
        }
        for (int k = 0; k < probability.length; k++) {
            probability[k] /= sum;
        }
    }
}
