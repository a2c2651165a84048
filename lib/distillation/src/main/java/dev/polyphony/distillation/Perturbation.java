package dev.polyphony.distillation;

import ai.djl.ndarray.NDArray;

/**
 * What is added to the clean images before ensemble and student see them.
 *
 * <p>A pure function of the images, the step and what it was made with: the same step done again, by whichever process,
 * gives the same perturbation. Never changes the images it is given. Use from one thread at a time.
 */
public interface Perturbation {

    /**
     * The perturbation of one minibatch.
     *
     * @param images float32 [B, C, H, W], pixels in [0, 1]
     * @param labels of the B images
     * @param step counts over the whole stream, from 0
     * @return its array belongs to the caller's {@code NDScope}, or to the images' manager if none is open
     */
    Perturbed perturb(NDArray images, int[] labels, long step);
}
