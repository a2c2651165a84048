package dev.polyphony.distillation;

/**
 * The temperature of END2 by epoch: constant for the first third of the run, falling linearly to 1 over the second, and 1
 * for the last (the proportions of the code that the paper builds on: a cycle of 60 in 90 epochs).
 *
 * @param highest temperature of the first third, at least 1
 * @param epochs of the run, at least 1
 */
record TemperatureAnnealing(double highest, int epochs) {

    TemperatureAnnealing {
        if (!(highest >= 1 && Double.isFinite(highest))) {
            throw new IllegalArgumentException("a temperature that falls to 1 begins at 1 or above: " + highest);
        }
        if (epochs < 1) {
            throw new IllegalArgumentException("a run has at least 1 epoch: " + epochs);
        }
    }

    /**
     * The temperature of an epoch.
     *
     * @param epoch counted from 0
     */
    double temperature(int epoch) {
        double third = epochs / 3.0;
        double fallen = Math.min(1, Math.max(0, (epoch - third) / third));
        return highest - (highest - 1) * fallen;
    }
}
