package dev.polyphony.distillation;

import ai.djl.ndarray.NDArray;
import dev.polyphony.experiment.StudentPart;
import dev.polyphony.models.Network;
import dev.polyphony.models.TrainingState;
import org.jspecify.annotations.Nullable;

/** Trains a student, one minibatch at a time. Use from one thread. */
public final class StudentTraining implements AutoCloseable {

    private final Training training;

    /**
     * Training that begins, or goes on, at a state.
     *
     * @param network the student
     * @param state changed in place by every step and closed with this training
     * @param student objective and optimiser
     * @param epochs of the whole run, for the learning rate's schedule
     */
    public StudentTraining(Network network, TrainingState state, StudentPart student, int epochs) {
        StochasticGradientDescent descent = new StochasticGradientDescent(
                network.parameters(),
                student.momentum(),
                student.nesterov(),
                student.weightDecay(),
                student.rankOneLearningRateFactor(),
                state.momentum().getManager());
        this.training = new Training(
                network,
                state,
                Objective.of(student, epochs),
                descent,
                new LearningRateSchedule(epochs, student.warmupEpochs()),
                student.learningRate());
    }

    /**
     * One step. The student sees the clean images first, then the perturbed ones, in training mode both times, so that
     * batch normalisation's running statistics move twice, as in the authors' reference code. In an unperturbed stream
     * one pass serves both terms. END2 is for unperturbed streams alone. With cross-entropy as objective perturbed images and logits are ignored.
     *
     * @param images float32 [B, C, H, W], clean, pixels in [0, 1]
     * @param perturbed float32 [B, C, H, W] in [0, 1] ({@link PerturbedImages}), or null in an unperturbed stream
     * @param labels of the B images
     * @param teacherLogits float32 [M, B, K] of the ensemble's members on the perturbed images; null without
     *     distillation
     * @param epoch counted from 0
     * @throws DivergedException if the loss or its gradient is not finite; parameters and momentum are as they were
     */
    public Losses step(
            NDArray images, @Nullable NDArray perturbed, int[] labels, @Nullable NDArray teacherLogits, int epoch) {
        return training.step(images, perturbed, labels, teacherLogits, epoch);
    }

    /** Weights and momentum as they are now; they change with the next step. */
    public TrainingState state() {
        return training.state();
    }

    @Override
    public void close() {
        training.close();
    }
}
