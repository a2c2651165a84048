package dev.polyphony.distillation;

import ai.djl.ndarray.NDArray;

/** The images that ensemble and student compare their outputs on; both compute them here, from the same numbers. */
public final class PerturbedImages {

    private PerturbedImages() {}

    /**
     * The perturbed images, clamped to the range of pixels.
     *
     * @param images float32 [B, C, H, W], pixels in [0, 1]
     * @param perturbation float32, same shape
     * @return float32, same shape, in [0, 1]; belongs to the caller's scope
     */
    public static NDArray of(NDArray images, NDArray perturbation) {
        try (NDArray sum = images.add(perturbation)) {
            return sum.clip(0f, 1f);
        }
    }
}
