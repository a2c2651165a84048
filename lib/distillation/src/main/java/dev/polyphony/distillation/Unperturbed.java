package dev.polyphony.distillation;

import ai.djl.ndarray.NDArray;
import java.util.Optional;

/** Clean images only: plain distillation (paper, eq. 2), where one forward pass serves both terms. */
final class Unperturbed implements Perturbation {

    @Override
    public Perturbed perturb(NDArray images, int[] labels, long step) {
        return new Perturbed(Optional.empty(), Perturbed.NO_MEMBER);
    }
}
