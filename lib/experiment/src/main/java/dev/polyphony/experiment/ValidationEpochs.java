package dev.polyphony.experiment;

/**
 * After which epochs a training is validated, as the reference code does it: the first, every tenth part of the
 * training, and every epoch of the last tenth. The best of these epochs is kept.
 *
 * @param epochs epochs of the training, N
 */
public record ValidationEpochs(int epochs) {

    public ValidationEpochs {
        if (epochs < 1) {
            throw new IllegalArgumentException("a training has at least 1 epoch, not " + epochs);
        }
    }

    /**
     * Whether the training is validated when {@code done} epochs are done.
     *
     * @param done 1 to N
     */
    public boolean includes(int done) {
        return done == 1 || done % Math.max(1, epochs / 10) == 0 || done > 0.9 * epochs || done == epochs;
    }
}
