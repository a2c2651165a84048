package dev.polyphony.distillation;

import ai.djl.ndarray.NDArray;
import java.util.Optional;

/**
 * What a {@link Perturbation} did to one minibatch.
 *
 * @param perturbation float32 [B, C, H, W], before the perturbed image is clamped; empty if images stay clean
 * @param member index among the guides of the network whose output was differentiated, or {@link #NO_MEMBER}
 */
public record Perturbed(Optional<NDArray> perturbation, int member) {

    /** No ensemble member took part. */
    public static final int NO_MEMBER = -1;

    public Perturbed {
        if (member < NO_MEMBER) {
            throw new IllegalArgumentException("a member is counted from 0, or -1 for none: " + member);
        }
    }
}
