package dev.polyphony.distillation;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import org.junit.jupiter.api.Test;

class PerturbedImagesTest extends Scoped {

    @Test
    void of_addsAndClamps() {
        NDArray images = array(shape(1, 1, 2, 2), 0, 0.5f, 0.75f, 1);
        NDArray perturbation = array(shape(1, 1, 2, 2), -0.25f, 0.25f, 0.5f, -0.5f);
        assertThat(PerturbedImages.of(images, perturbation).toFloatArray()).containsExactly(0, 0.75f, 1, 0.5f);
        assertThat(images.toFloatArray()).containsExactly(0, 0.5f, 0.75f, 1);
    }
}
