package dev.polyphony.distillation;

import ai.djl.ndarray.NDArray;

/**
 * One-to-one distillation (paper, eqs. 2 and 5): {@code (1 - a) * CE + a * t^2 * KL}, where subnetwork m learns from
 * ensemble member m. Cross-entropy is taken on clean images, the divergence on perturbed ones; both are means over
 * subnetworks and images.
 *
 * @param distillationWeight the paper's alpha, 0 to 1
 * @param temperature softens both softmaxes, above 0
 */
record OneToOneObjective(double distillationWeight, double temperature) implements Objective {

    OneToOneObjective {
        Objective.requireWeight(distillationWeight);
        Objective.requireTemperature(temperature);
    }

    @Override
    public boolean distils() {
        return true;
    }

    @Override
    public double crossEntropyWeight() {
        return 1 - distillationWeight;
    }

    /** Gradients of softened outputs shrink with the temperature's square; this undoes it. */
    @Override
    public double divergenceWeight() {
        return distillationWeight * temperature * temperature;
    }

    @Override
    public NDArray divergence(NDArray student, NDArray teacher) {
        return Rows.divergence(student, Rows.logProbabilities(teacher, temperature), temperature);
    }
}
