package dev.polyphony.distillation;

import ai.djl.ndarray.NDArray;
import dev.polyphony.experiment.StudentPart;

/** What a training step minimises: cross-entropy on clean images, and possibly a divergence from the ensemble. */
sealed interface Objective permits CrossEntropyObjective, OneToOneObjective {

    /** The objective a recipe asks for. */
    static Objective of(StudentPart student) {
        return switch (student.objective()) {
            case ONE_TO_ONE -> new OneToOneObjective(student.distillationWeight(), student.temperature());
            case CROSS_ENTROPY -> new CrossEntropyObjective();
        };
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
     * @param student float32 [M*B, K], member-major
     * @param teacher float32 [M*B, K], member-major
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
}
