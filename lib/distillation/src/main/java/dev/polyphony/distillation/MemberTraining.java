package dev.polyphony.distillation;

import ai.djl.ndarray.NDArray;
import dev.polyphony.experiment.EnsemblePart;
import dev.polyphony.models.Network;
import dev.polyphony.models.TrainingState;

/** Trains one member of the ensemble with cross-entropy, one minibatch at a time. Use from one thread. */
public final class MemberTraining implements AutoCloseable {

    private final Training training;

    /**
     * Training that begins, or goes on, at a state.
     *
     * @param network the member
     * @param state changed in place by every step and closed with this training
     * @param ensemble optimiser and schedule
     */
    public MemberTraining(Network network, TrainingState state, EnsemblePart.Trained ensemble) {
        StochasticGradientDescent descent = new StochasticGradientDescent(
                network.parameters(),
                ensemble.momentum(),
                ensemble.nesterov(),
                ensemble.weightDecay(),
                1,
                0,
                state.momentum().getManager());
        this.training = new Training(
                network,
                state,
                new CrossEntropyObjective(),
                descent,
                new LearningRateSchedule(ensemble.epochs(), ensemble.warmupEpochs()),
                ensemble.learningRate());
    }

    /**
     * One step.
     *
     * @param images float32 [B, C, H, W], pixels in [0, 1]
     * @param labels of the B images
     * @param epoch counted from 0
     * @throws DivergedException if the loss or its gradient is not finite; parameters and momentum are as they were
     */
    public Losses step(NDArray images, int[] labels, int epoch) {
        return training.step(images, null, labels, null, epoch);
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
