package dev.polyphony.distillation;

import dev.polyphony.experiment.UserMistake;

/** A training step whose loss or gradient is no finite number. Its weights were not changed. */
public final class DivergedException extends RuntimeException implements UserMistake {

    private static final long serialVersionUID = 1L;

    DivergedException(Losses losses, int epoch, double learningRate) {
        super("training diverged in epoch %d at learning rate %s: cross-entropy %s, divergence %s, gradient norm %s; "
                        .formatted(
                                epoch + 1,
                                learningRate,
                                losses.crossEntropy(),
                                losses.divergence(),
                                losses.gradientNorm())
                + "a smaller learningRate or more warmupEpochs in the recipe would be right");
    }
}
