package dev.polyphony.distillation;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.types.Shape;
import org.junit.jupiter.api.Test;

class UnperturbedTest extends Scoped {

    @Test
    void perturb_givesNothing() {
        Perturbed perturbed = new Unperturbed().perturb(manager.zeros(new Shape(1, 1, 2, 2)), new int[1], 0);
        assertThat(perturbed.perturbation()).isEmpty();
        assertThat(perturbed.member()).isEqualTo(Perturbed.NO_MEMBER);
    }
}
