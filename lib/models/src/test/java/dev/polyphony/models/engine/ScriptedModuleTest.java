package dev.polyphony.models.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import dev.polyphony.models.Modules;
import dev.polyphony.models.format.InvalidModelFileException;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The traps of TorchScript, each with modules of one network: traced, scripted, frozen, scripted while training. */
class ScriptedModuleTest {

    private final NDManager manager = NDManager.newBaseManager();

    @AfterEach
    void free() {
        manager.close();
    }

    private NDArray images(int count) {
        return manager.arange(count * 784f)
                .mul(0.37f)
                .sin()
                .abs()
                .reshape(count, 1, 28, 28)
                .toType(DataType.FLOAT32, false);
    }

    private ScriptedModule load(String name) {
        return ScriptedModule.load(manager, Modules.path(name + ".pt"), name);
    }

    private static float[] logits(ScriptedModule module, NDArray images) {
        return Recording.without(() -> module.apply(images).toFloatArray());
    }

    private static float[] gradient(ScriptedModule module, NDArray images) {
        try (NDScope scope = new NDScope();
                Recording recording = Recording.start()) {
            scope.suppressNotUsedWarning();
            NDArray leaf = recording.leaf(images);
            NDArray logits = module.apply(leaf);
            recording.backward(logits.mul(logits).sum());
            return leaf.getGradient().toFloatArray();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"scripted", "frozen", "scripted-training"})
    void everyExport_ofOneNetwork_givesTheSameLogitsAndGradients(String name) {
        NDArray images = images(5);
        try (ScriptedModule module = load(name);
                ScriptedModule traced = load("traced")) {
            assertThat(logits(module, images)).containsExactly(logits(traced, images), within(1e-6f));
            assertThat(gradient(module, images)).containsExactly(gradient(traced, images), within(1e-7f));
        }
    }

    /** Training mode would update running statistics, and drop half of the features. */
    @ParameterizedTest
    @ValueSource(strings = {"traced", "scripted", "scripted-training", "frozen"})
    void passes_withAndWithoutRecording_neverChangeTheNextOnes(String name) {
        NDArray images = images(5);
        NDArray others = images(9).mul(3f);
        try (ScriptedModule module = load(name)) {
            float[] before = logits(module, images);
            float[] slope = gradient(module, images);
            for (int i = 0; i < 4; i++) {
                logits(module, others);
                gradient(module, others);
            }
            assertThat(logits(module, images)).isEqualTo(before);
            assertThat(gradient(module, images)).isEqualTo(slope);
        }
    }

    @Test
    void gradient_isTheSlopeOfTheLogits() {
        NDArray images = images(1);
        try (ScriptedModule module = load("scripted")) {
            float[] gradient = gradient(module, images);
            for (int pixel : new int[] {0, 300, 500}) {
                float step = 1e-2f;
                double slope =
                        (squares(module, images, pixel, step) - squares(module, images, pixel, -step)) / 2 / step;
                assertThat(gradient[pixel]).isCloseTo((float) slope, within(1e-4f));
            }
        }
    }

    private double squares(ScriptedModule module, NDArray images, int pixel, float step) {
        float[] moved = images.toFloatArray();
        moved[pixel] += step;
        double sum = 0;
        for (float logit : logits(module, manager.create(moved, new Shape(1, 1, 28, 28)))) {
            sum += (double) logit * logit;
        }
        return sum;
    }

    /** Weights that record would cost time and memory in every pass. */
    @Test
    void withoutALeaf_nothingIsRecorded() {
        try (ScriptedModule module = load("traced");
                Recording recording = Recording.start()) {
            NDArray logits = module.apply(images(2));
            assertThatThrownBy(() -> recording.backward(logits.sum())).hasMessageContaining("does not require grad");
        }
    }

    @Test
    void anotherThread_getsTheSameNumbers() {
        NDArray images = images(5);
        try (ScriptedModule module = load("scripted")) {
            float[] expected = logits(module, images);
            float[] slope = gradient(module, images);
            CompletableFuture<?> other = CompletableFuture.runAsync(() -> {
                for (int i = 0; i < 5; i++) {
                    assertThat(logits(module, images)).isEqualTo(expected);
                    assertThat(gradient(module, images)).isEqualTo(slope);
                }
            });
            for (int i = 0; i < 5; i++) {
                assertThat(gradient(module, images)).isEqualTo(slope);
            }
            other.join();
        }
    }

    @Test
    void passes_leaveNothingBehind() {
        NDArray images = images(5);
        try (ScriptedModule module = load("traced")) {
            gradient(module, images);
            int before = manager.getManagedArrays().size();
            for (int i = 0; i < 20; i++) {
                gradient(module, images);
            }
            assertThat(manager.getManagedArrays()).hasSize(before);
        }
    }

    @Test
    void failures_areOneLine() {
        NDArray images = images(3);
        assertProblem("pair", images, "pair: it answers with 2 tensors; a member answers with its logits alone");
        assertProblem("double", images, "double: it fails on float32 images (3, 1, 28, 28): ");
        assertProblem(
                "three-channels", images, "three-channels: it fails on float32 images (3, 1, 28, 28): Given groups=1");
        assertThatThrownBy(() -> ScriptedModule.load(manager, Modules.path("make_modules.py"), "text"))
                .isInstanceOf(InvalidModelFileException.class)
                .hasMessageStartingWith("text: the engine cannot load it: ")
                .hasMessageNotContaining("\n");
    }

    private void assertProblem(String name, NDArray images, String problem) {
        try (ScriptedModule module = load(name);
                NDList inputs = new NDList(images.duplicate())) {
            assertThatThrownBy(() -> module.apply(inputs.head()))
                    .isInstanceOf(InvalidModelFileException.class)
                    .hasMessageStartingWith(problem)
                    .hasMessageNotContaining("\n");
        }
    }
}
