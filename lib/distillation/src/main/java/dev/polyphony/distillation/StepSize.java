package dev.polyphony.distillation;

import ai.djl.ndarray.NDArray;

/** The size of perturbations, in the unit that recipes use. */
final class StepSize {

    /** Recipes count in steps of 8-bit pixels; images hold pixels in [0, 1]. */
    static final double PIXEL_RANGE = 255;

    private StepSize() {}

    static double checked(double stepSize) {
        if (!(stepSize > 0 && stepSize <= PIXEL_RANGE)) {
            throw new IllegalArgumentException(
                    "the step size is in 1/255 of the pixel range, above 0 and at most 255: " + stepSize);
        }
        return stepSize;
    }

    /**
     * Norm of an output diversified perturbation of an image of D numbers: the expected norm of Gaussian noise of the
     * same step size. The authors' reference code has the factor sqrt(D); without it the change would be invisible.
     */
    static float norm(double stepSize, NDArray images) {
        long dimensions = images.getShape().slice(1).size();
        return (float) (stepSize / PIXEL_RANGE * Math.sqrt((double) dimensions));
    }
}
