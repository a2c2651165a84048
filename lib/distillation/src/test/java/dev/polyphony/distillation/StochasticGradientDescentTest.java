package dev.polyphony.distillation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import dev.polyphony.models.Layout;
import dev.polyphony.models.Layout.Entry;
import dev.polyphony.models.Layout.Kind;
import java.util.List;
import org.junit.jupiter.api.Test;

class StochasticGradientDescentTest extends Scoped {

    private static final Layout LAYOUT = new Layout(
            List.of(new Entry("shared", Kind.SHARED, 0, List.of(1L)), new Entry("r", Kind.RANK_ONE, 1, List.of(1L))));

    @Test
    void step_keepsTheLearningRateOutOfTheMomentum() {
        NDArray parameters = manager.create(new float[] {1, 1});
        NDArray momentum = manager.zeros(new Shape(2));
        double[] buffers = {0.5005, 0.250924975, 0.326294906251};
        double[] expected = {0.94995, 0.9248575025, 0.892228011875};
        float[] gradients = {0.5f, -0.2f, 0.1f};
        try (StochasticGradientDescent descent =
                new StochasticGradientDescent(LAYOUT, 0.9, false, 5e-4, 0.5, 0, manager)) {
            for (int i = 0; i < 3; i++) {
                descent.step(parameters, momentum, manager.create(new float[] {gradients[i], gradients[i]}), 0.1);
                assertThat((double) momentum.getFloat(0)).isCloseTo(buffers[i], within(1e-7));
                assertThat((double) parameters.getFloat(0)).isCloseTo(expected[i], within(1e-7));
            }
        }
    }

    /** By hand from the vector above: p - 0.1 * (g + wd * p + 0.9 * b). */
    @Test
    void step_withNesterovsMomentum_looksAhead() {
        NDArray parameters = manager.create(new float[] {1, 1});
        NDArray momentum = manager.zeros(new Shape(2));
        double[] expected = {0.904905, 0.902278534, 0.8628697189};
        float[] gradients = {0.5f, -0.2f, 0.1f};
        try (StochasticGradientDescent descent =
                new StochasticGradientDescent(LAYOUT, 0.9, true, 5e-4, 0.5, 0, manager)) {
            for (int i = 0; i < 3; i++) {
                descent.step(parameters, momentum, manager.create(new float[] {gradients[i], gradients[i]}), 0.1);
                assertThat((double) parameters.getFloat(0)).isCloseTo(expected[i], within(1e-7));
            }
        }
    }

    @Test
    void step_givesRankOneFactorsTheirShareOfTheRate_andNoDecay() {
        NDArray parameters = manager.create(new float[] {1, 1});
        NDArray momentum = manager.zeros(new Shape(2));
        NDArray gradient = manager.create(new float[] {0, 0.2f});
        try (StochasticGradientDescent descent =
                new StochasticGradientDescent(LAYOUT, 0.9, false, 0.1, 0.5, 0, manager)) {
            descent.step(parameters, momentum, gradient, 0.1);
            assertThat(parameters.getFloat(0)).isCloseTo(1 - 0.1f * 0.1f, within(1e-7f));
            assertThat(parameters.getFloat(1)).isCloseTo(1 - 0.05f * 0.2f, within(1e-7f));
            descent.step(parameters, momentum, gradient, 1);
            // 0.99 - 0.5 * (0.9 * 0.2 + 0.2): the new rate acts on the whole buffer at once
            assertThat(parameters.getFloat(1)).isCloseTo(0.8f, within(1e-6f));
        }
    }

    @Test
    void step_canDecayRankOneFactorsToo() {
        NDArray parameters = manager.create(new float[] {1, 1});
        NDArray momentum = manager.zeros(new Shape(2));
        try (StochasticGradientDescent descent =
                new StochasticGradientDescent(LAYOUT, 0.9, false, 0, 0.5, 0.2, manager)) {
            descent.step(parameters, momentum, manager.create(new float[] {0, 0}), 0.1);
            assertThat(parameters.getFloat(0)).isEqualTo(1);
            assertThat(parameters.getFloat(1)).isCloseTo(1 - 0.05f * 0.2f, within(1e-7f));
        }
    }
}
