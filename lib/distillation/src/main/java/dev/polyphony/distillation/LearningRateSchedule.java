package dev.polyphony.distillation;

/**
 * The learning rate's factor, constant within an epoch: linear warm-up, full rate, linear decay to a hundredth, and a
 * last tenth at a hundredth (paper, appendix B.1, after Ashukha et al., ICLR 2020; numbers from the authors' reference
 * code).
 *
 * <p>Decay begins after half of the epochs and ends at nine tenths. In runs too short for all four phases the warm-up
 * ends with the first half, and at least one epoch has the full rate.
 */
public final class LearningRateSchedule {

    private static final double LOWEST = 0.01;

    private final int epochs;
    private final int full;
    private final int decay;
    private final int low;

    /**
     * The schedule of one run.
     *
     * @param epochs of the run, at least 1
     * @param warmupEpochs epoch, counted from 1, in which the full rate is reached; 0 or 1 for no warm-up
     */
    public LearningRateSchedule(int epochs, int warmupEpochs) {
        if (epochs < 1 || warmupEpochs < 0) {
            throw new IllegalArgumentException("a schedule has at least 1 epoch and no negative warm-up: " + epochs
                    + " epochs, " + warmupEpochs + " of warm-up");
        }
        this.epochs = epochs;
        this.decay = Math.max(1, (int) Math.round(0.5 * epochs));
        this.low = Math.max(decay + 1, (int) Math.round(0.9 * epochs));
        this.full = Math.min(warmupEpochs, decay);
    }

    /**
     * What the base learning rate is multiplied by.
     *
     * @param epoch counted from 1
     * @return 0.01 to 1
     */
    public double factor(int epoch) {
        if (epoch < 1 || epoch > epochs) {
            throw new IllegalArgumentException("epochs are counted from 1 to " + epochs + ": " + epoch);
        }
        if (epoch < full) {
            return LOWEST + (1 - LOWEST) * (epoch - 1) / (full - 1);
        }
        if (epoch < decay) {
            return 1;
        }
        if (epoch < low) {
            return 1 - (1 - LOWEST) * (epoch - decay) / (low - decay);
        }
        return LOWEST;
    }
}
