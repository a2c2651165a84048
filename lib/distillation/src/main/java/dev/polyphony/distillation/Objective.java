package dev.polyphony.distillation;

import ai.djl.ndarray.NDArray;
import dev.polyphony.experiment.StudentPart;

/** What a training step minimises: cross-entropy on clean images, and possibly a divergence from the ensemble. */
sealed interface Objective permits CrossEntropyObjective, OneToOneObjective, AveragedObjective, DirichletObjective {

    /**
     * The objective a recipe asks for.
     *
     * @param epochs of the whole run
     */
    static Objective of(StudentPart student, int epochs) {
        return switch (student.objective()) {
            case ONE_TO_ONE -> new OneToOneObjective(student.distillationWeight(), student.temperature());
            case AVERAGED -> new AveragedObjective(student.distillationWeight(), student.temperature());
            case END2 ->
                DirichletObjective.first(
                        new TemperatureAnnealing(student.annealingTemperature(), epochs), student.smoothing());
            case CROSS_ENTROPY -> new CrossEntropyObjective();
        };
    }

    /** What is minimised in an epoch, counted from 0. */
    default Objective in(int epoch) {
        return this;
    }

    /** Whether the ensemble's logits are needed. */
    boolean distils();

    /** What cross-entropy is multiplied by. */
    double crossEntropyWeight();

    /** What the divergence is multiplied by. */
    double divergenceWeight();

    /**
     * The divergence of the student from the ensemble, differentiable in the student's logits.
     *
     * @param student float32 [S*B, K], rows of its S subnetworks, subnetwork by subnetwork
     * @param teacher float32 [M, B, K]
     * @return float32 scalar in nats, the mean over all rows, without its weight
     */
    NDArray divergence(NDArray student, NDArray teacher);

    /**
     * Mean cross-entropy over all rows, differentiable in the logits. Computed from log-softmax, so that it stays
     * finite for any finite logits.
     *
     * @param logits float32 [M*B, K], member-major
     * @param labels of the B images
     * @return float32 scalar in nats, without its weight
     */
    default NDArray crossEntropy(NDArray logits, int[] labels) {
        return Rows.crossEntropy(logits, labels);
    }

    /** The paper's alpha. */
    static void requireWeight(double distillationWeight) {
        if (!(distillationWeight >= 0 && distillationWeight <= 1)) {
            throw new IllegalArgumentException("the distillation weight is 0 to 1: " + distillationWeight);
        }
    }

    /** Of a softmax. */
    static void requireTemperature(double temperature) {
        if (!(temperature > 0 && Double.isFinite(temperature))) {
            throw new IllegalArgumentException("a temperature is above 0: " + temperature);
        }
    }
}
