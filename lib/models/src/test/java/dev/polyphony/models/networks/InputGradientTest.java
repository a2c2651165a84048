package dev.polyphony.models.networks;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.Shape;
import dev.polyphony.experiment.ImageInput;
import dev.polyphony.models.Initialisation;
import dev.polyphony.models.Weights;
import dev.polyphony.models.engine.Recording;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Gradients with respect to the images, which perturbations are made of. */
class InputGradientTest {

    private static final ImageInput INPUT = new ImageInput(3, 8, 8, 10, List.of(.5f, .4f, .3f), List.of(.2f, .3f, .4f));

    /**
     * The engine's backward pass must own all it needs. An array made from Java numbers is an alias of a Java buffer:
     * once its Java object is closed, the collector may free the memory while the recorded graph still refers to it.
     */
    @Test
    void backward_afterACollection_givesTheSameGradient() {
        try (NDManager manager = NDManager.newBaseManager()) {
            ResNet network = ResNet.plain(8, 4, 1, INPUT);
            try (Weights weights = Initialisation.weights(network, manager, 1);
                    NDArray images = manager.ones(new Shape(2, 3, 8, 8)).mul(0.25f)) {
                float[] expected = gradient(network, weights, images, () -> {});
                for (int repeat = 0; repeat < 3; repeat++) {
                    assertThat(gradient(network, weights, images, InputGradientTest::collectAndOverwrite))
                            .isEqualTo(expected);
                }
            }
        }
    }

    private static float[] gradient(ResNet network, Weights weights, NDArray images, Runnable between) {
        try (NDScope scope = new NDScope();
                Recording recording = Recording.start()) {
            scope.suppressNotUsedWarning();
            NDArray leaf = recording.leaf(images);
            NDArray sum = network.logits(leaf, weights, false).sum();
            between.run();
            recording.backward(sum);
            return leaf.getGradient().toFloatArray();
        }
    }

    private static void collectAndOverwrite() {
        try {
            System.gc();
            Thread.sleep(100);
            System.gc();
            Thread.sleep(100);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        List<ByteBuffer> rubbish = new ArrayList<>();
        for (int size = 4; size <= 64; size += 4) {
            for (int repeat = 0; repeat < 200; repeat++) {
                ByteBuffer buffer = ByteBuffer.allocateDirect(size);
                while (buffer.hasRemaining()) {
                    buffer.put((byte) 0x42);
                }
                rubbish.add(buffer);
            }
        }
        assertThat(rubbish).isNotEmpty();
    }
}
