package dev.polyphony.distillation;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDScope;
import dev.polyphony.experiment.StudentPart;
import dev.polyphony.models.Network;
import dev.polyphony.models.TrainingState;
import dev.polyphony.models.networks.MimoArrangement;
import dev.polyphony.models.networks.OwnImages;
import org.jspecify.annotations.Nullable;

/** Trains a student, one minibatch at a time. Use from one thread. */
public final class StudentTraining implements AutoCloseable {

    private final Training training;
    private final @Nullable OwnRows ownRows;
    private final StudentPart.Objective objective;

    /**
     * Training that begins, or goes on, at a state.
     *
     * @param network the student
     * @param state changed in place by every step and closed with this training
     * @param student objective and optimiser
     * @param epochs of the whole run, for the learning rate's schedule
     */
    public StudentTraining(Network network, TrainingState state, StudentPart student, int epochs) {
        this.objective = student.objective();
        StochasticGradientDescent descent = new StochasticGradientDescent(
                network.parameters(),
                student.momentum(),
                student.nesterov(),
                student.weightDecay(),
                student.rankOneLearningRateFactor(),
                student.rankOneWeightDecay(),
                state.momentum().getManager());
        this.ownRows =
                network instanceof OwnImages own ? new OwnRows(own, student.repetitions(), student.seed()) : null;
        this.training = new Training(
                ownRows == null ? network : ownRows,
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
     * @param step counts over the whole stream, from 0; draws which subnetwork sees which image where they see their own
     * @throws DivergedException if the loss or its gradient is not finite; parameters and momentum are as they were
     */
    public Losses step(
            NDArray images,
            @Nullable NDArray perturbed,
            int[] labels,
            @Nullable NDArray teacherLogits,
            int epoch,
            long step) {
        if (ownRows == null) {
            return training.step(images, perturbed, labels, teacherLogits, epoch);
        }
        try (NDScope scope = new NDScope()) {
            scope.suppressNotUsedWarning();
            MimoArrangement arrangement = ownRows.arrangement(images, step);
            NDArray teacher = teacherLogits == null ? null : teacher(ownRows, teacherLogits, arrangement);
            return training.step(
                    OwnRows.images(images, arrangement),
                    perturbed == null ? null : OwnRows.images(perturbed, arrangement),
                    arrangement.labelsOfRows(labels),
                    teacher,
                    epoch);
        }
    }

    private @Nullable NDArray teacher(OwnRows rows, NDArray teacherLogits, MimoArrangement arrangement) {
        return switch (objective) {
            case ONE_TO_ONE -> rows.ownTeacher(teacherLogits, arrangement);
            case AVERAGED, END2 -> OwnRows.everyTeacher(teacherLogits, arrangement);
            case CROSS_ENTROPY -> null;
        };
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
