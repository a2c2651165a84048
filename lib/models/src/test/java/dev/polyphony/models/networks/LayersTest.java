package dev.polyphony.models.networks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.polyphony.models.engine.Recording;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Layers against numbers worked out by hand. */
class LayersTest {

    private final NDManager manager = NDManager.newBaseManager();

    @AfterEach
    void free() {
        manager.close();
    }

    @Test
    void head_scalesInputsAndOutputsOfEachMember() {
        RankOneFactors factors = new RankOneFactors("head", 2, 2, 3);
        Head head = new Head("head", 2, 3, factors);
        try (Recording recording = Recording.start()) {
            NDArray rows = recording.leaf(array(new float[] {2, -1, 2, -1}, 2, 2));
            NDArray weight = recording.leaf(array(new float[] {1, 2, -1, 0.5f, 0, 3}, 3, 2));
            NDArray r = recording.leaf(array(new float[] {1.5f, 0.5f, 1, -1}, 2, 2));
            NDArray s = recording.leaf(array(new float[] {1, 2, 0.5f, 0.5f, 1, -1}, 2, 3));
            NDArray bias = recording.leaf(array(new float[] {0.1f, 0, -0.1f, 0, 0.2f, 0}, 2, 3));
            Tensors tensors = new Tensors(
                    Map.of("head.weight", weight, "head.r", r, "head.s", s, "head.bias", bias), Map.of(), true);
            NDArray logits = head.apply(rows, tensors);
            assertClose(logits, 2.1f, -6.5f, -0.85f, 2, -1.3f, -3);
            recording.backward(
                    logits.mul(array(new float[] {1, -1, 2, 1, -1, 2}, 2, 3)).sum());
            assertClose(r.getGradient(), 6, -4, 3, 5.5f);
            assertClose(s.getGradient(), 2, 3.25f, -3, 4, 1.5f, 6);
            assertClose(rows.getGradient(), 4.5f, 2, 1.5f, 5.5f);
            assertClose(weight.getGradient(), 4, 0, -8, 0, -1, -2.5f);
            assertClose(bias.getGradient(), 1, -1, 2, 1, -1, 2);
        }
    }

    @Test
    void batchNormalisation_keepsTheUnbiasedVariance() {
        BatchNormalisation layer = new BatchNormalisation("bn", 1);
        NDArray mean = manager.create(new float[] {0});
        NDArray variance = manager.create(new float[] {1});
        Map<String, NDArray> parameters =
                Map.of("bn.gamma", manager.create(new float[] {1}), "bn.beta", manager.create(new float[] {0}));
        Map<String, NDArray> statistics = Map.of("bn.mean", mean, "bn.variance", variance);
        Tensors training = new Tensors(parameters, statistics, true);
        NDArray first = layer.apply(array(new float[] {1, 2, 4, 5}, 4, 1, 1, 1), training);
        assertThat(first.toFloatArray()[0]).isEqualTo(-1.2649086f, within(1e-5f));
        assertClose(mean, 0.3f);
        assertClose(variance, 1.2333333f);
        layer.apply(array(new float[] {0, 0, 2, 2}, 4, 1, 1, 1), training);
        assertClose(mean, 0.37f);
        assertClose(variance, 1.2433333f);
        NDArray evaluated =
                layer.apply(array(new float[] {0.37f}, 1, 1, 1, 1), new Tensors(parameters, statistics, false));
        assertClose(evaluated, 0);
    }

    @Test
    void shortcut_takesTopLeftPixels_andAppendsZeroChannels() {
        float[] pixels = new float[18];
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = i + 1;
        }
        NDArray rows = array(pixels, 1, 2, 3, 3);
        NDArray result = BasicBlock.shortcut(rows, 2, 4);
        assertThat(result.getShape()).isEqualTo(new Shape(1, 4, 2, 2));
        assertThat(result.toFloatArray()).containsExactly(1, 3, 7, 9, 10, 12, 16, 18, 0, 0, 0, 0, 0, 0, 0, 0);
        assertThat(BasicBlock.shortcut(rows, 1, 2)).isSameAs(rows);
    }

    @Test
    void plainHead_isLinear() {
        Head head = new Head("head", 2, 3, null);
        Tensors tensors = new Tensors(
                Map.of(
                        "head.weight", array(new float[] {1, 2, -1, 0.5f, 0, 3}, 3, 2),
                        "head.bias", manager.create(new float[] {0.1f, 0, -0.1f})),
                Map.of(),
                false);
        assertClose(head.apply(array(new float[] {2, -1}, 1, 2), tensors), 0.1f, -2.5f, -3.1f);
    }

    private NDArray array(float[] values, long... shape) {
        return manager.create(values, new Shape(shape));
    }

    private static void assertClose(NDArray actual, float... expected) {
        assertThat(actual.toFloatArray()).containsExactly(expected, within(1e-5f));
    }
}
