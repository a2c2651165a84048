package dev.polyphony.distillation;

import ai.djl.ndarray.NDArray;

/**
 * Distillation of the averaged ensemble (Hinton, Vinyals and Dean, 2015): {@code (1 - a) * CE + a * t^2 * KL}, where every
 * subnetwork, or the single network, learns from the same distribution. That is the mean of the members' softened
 * probabilities, mean of softmax(z_m / t): each member is softened before they are averaged, so that none is drowned by
 * a member of larger logits, and the target is a mixture of what one-to-one distillation teaches.
 *
 * @param distillationWeight the paper's alpha, 0 to 1
 * @param temperature softens the student's softmax and each member's, above 0
 */
record AveragedObjective(double distillationWeight, double temperature) implements Objective {

    AveragedObjective {
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

    @Override
    public double divergenceWeight() {
        return distillationWeight * temperature * temperature;
    }

    @Override
    public NDArray divergence(NDArray student, NDArray teacher) {
        long subnetworks = Rows.subnetworks(student, teacher);
        NDArray each = teacher.div((float) temperature).logSoftmax(2);
        // The mean of probabilities as logarithms, relative to the largest: a class that all rule out stays finite.
        NDArray largest = each.max(new int[] {0}, true);
        NDArray mean = each.sub(largest).exp().mean(new int[] {0}).log().add(largest.squeeze(0));
        return Rows.divergence(student, mean.tile(new long[] {subnetworks, 1}), temperature);
    }
}
