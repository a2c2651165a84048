package dev.polyphony.distillation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import dev.polyphony.experiment.StreamPart;
import org.junit.jupiter.api.Test;

class GaussianNoiseTest extends PerturbationKit {

    @Override
    StreamPart.Perturbation kind() {
        return StreamPart.Perturbation.GAUSSIAN;
    }

    /** The norm of 48 normal numbers is 6.9 +- 0.7. */
    @Override
    double[] norms() {
        return new double[] {0.5 * FULL, 1.5 * FULL};
    }

    @Test
    void perturb_isNormalWithTheStepSizeAsDeviation() {
        Perturbed perturbed = new GaussianNoise(1, 11).perturb(manager.zeros(new Shape(64, 3, 32, 32)), new int[64], 4);
        NDArray units = perturbed.perturbation().orElseThrow().mul(255f);
        // 196 608 numbers: standard errors 0.0023, 0.0032 and 0.011
        assertThat(units.mean().getFloat()).isCloseTo(0, within(0.012f));
        assertThat(units.square().mean().getFloat()).isCloseTo(1, within(0.016f));
        assertThat(units.pow(4).mean().getFloat()).isCloseTo(3, within(0.12f));
        assertThat(perturbed.member()).isEqualTo(Perturbed.NO_MEMBER);
    }
}
