package dev.polyphony.models.networks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.Shape;
import dev.polyphony.experiment.ImageInput;
import dev.polyphony.models.Initialisation;
import dev.polyphony.models.Layout.Entry;
import dev.polyphony.models.Network;
import dev.polyphony.models.Weights;
import dev.polyphony.models.engine.Recording;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ResNetTest {

    private static final ImageInput SMALL = new ImageInput(2, 9, 7, 5, List.of(0.4f, 0.5f), List.of(0.25f, 0.3f));

    private final NDManager manager = NDManager.newBaseManager();
    private final NDScope scope = new NDScope();

    @BeforeEach
    void useScope() {
        scope.suppressNotUsedWarning();
    }

    @AfterEach
    void free() {
        scope.close();
        manager.close();
    }

    @Test
    void names_areStable() {
        assertThat(ResNet.batchEnsemble(8, 4, 2, 2, SMALL).parameters().entries())
                .extracting(Entry::name)
                .startsWith(
                        "stem.weight",
                        "stem.r",
                        "stem.s",
                        "stem.bn.gamma",
                        "stem.bn.beta",
                        "stage1.block0.conv1.weight",
                        "stage1.block0.conv1.r",
                        "stage1.block0.conv1.s",
                        "stage1.block0.bn1.gamma")
                .endsWith("head.weight", "head.r", "head.s", "head.bias");
    }

    @Test
    void memberOutputs_areThoseOfPlainNetworksWithFoldedWeights() {
        ResNet ensemble = ResNet.batchEnsemble(8, 4, 2, 3, SMALL);
        ResNet plain = ResNet.plain(8, 4, 2, SMALL);
        Weights weights = moving(Initialisation.weights(ensemble, manager, 5), 1);
        NDArray images = images(SMALL, 4, 2);
        float[] all = ensemble.logits(images, weights, false).toFloatArray();
        for (int member = 0; member < 3; member++) {
            Weights folded = Folding.member(ensemble, plain, weights, member, manager);
            float[] expected = plain.logits(images, folded, false).toFloatArray();
            assertThat(Arrays.copyOfRange(all, member * 20, (member + 1) * 20))
                    .as("member %d", member)
                    .containsExactly(expected, within(1e-4f));
        }
    }

    @Test
    void evaluation_treatsEachRowAlone() {
        ResNet network = ResNet.batchEnsemble(8, 4, 1, 2, SMALL);
        Weights weights = moving(Initialisation.weights(network, manager, 5), 1);
        NDArray images = images(SMALL, 4, 2);
        float[] together = network.logits(images, weights, false).toFloatArray();
        float[] alone = network.logits(images.get("2:3"), weights, false).toFloatArray();
        assertThat(Arrays.copyOfRange(together, 10, 15))
                .containsExactly(Arrays.copyOfRange(alone, 0, 5), within(1e-5f));
        assertThat(Arrays.copyOfRange(together, 30, 35))
                .containsExactly(Arrays.copyOfRange(alone, 5, 10), within(1e-5f));
    }

    @Test
    void trainingMode_updatesRunningStatisticsInPlace_evaluationDoesNot() {
        ResNet network = ResNet.plain(8, 4, 1, SMALL);
        Weights weights = Initialisation.weights(network, manager, 5);
        NDArray images = images(SMALL, 4, 2);
        float[] before = weights.statistics().toFloatArray();
        network.logits(images, weights, false);
        assertThat(weights.statistics().toFloatArray()).containsExactly(before);
        network.logits(images, weights, true);
        float[] after = weights.statistics().toFloatArray();
        for (Entry entry : network.statistics().entries()) {
            int offset = (int) entry.offset();
            assertThat(after[offset]).as(entry.name()).isNotEqualTo(before[offset]);
        }
    }

    @Test
    void trainingMode_recordedForGradients_updatesRunningStatisticsAsWell() {
        ResNet network = ResNet.plain(8, 4, 1, SMALL);
        Weights weights = Initialisation.weights(network, manager, 5);
        Weights other = Initialisation.weights(network, manager, 5);
        NDArray images = images(SMALL, 4, 2);
        network.logits(images, other, true);
        gradient(network, weights, images);
        assertThat(weights.statistics().toFloatArray())
                .containsExactly(other.statistics().toFloatArray());
    }

    @Test
    void sameSeed_givesTheSameBits() {
        ResNet network = ResNet.batchEnsemble(8, 4, 2, 2, SMALL);
        float[] first = gradient(network, Initialisation.weights(network, manager, 9), images(SMALL, 4, 2));
        float[] second = gradient(network, Initialisation.weights(network, manager, 9), images(SMALL, 4, 2));
        float[] other = gradient(network, Initialisation.weights(network, manager, 10), images(SMALL, 4, 2));
        assertThat(second).containsExactly(first);
        assertThat(other).isNotEqualTo(first);
    }

    @Test
    void wrongImages_areNamed() {
        ResNet network = ResNet.plain(8, 4, 2, SMALL);
        Weights weights = Initialisation.weights(network, manager, 5);
        NDArray images = manager.zeros(new Shape(4, 2, 9, 8));
        assertThatThrownBy(() -> network.logits(images, weights, false))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("[B, 2, 9, 7]");
    }

    @Test
    void weightsOfAnotherNetwork_areRefused() {
        Weights weights = Initialisation.weights(ResNet.plain(8, 4, 2, SMALL), manager, 5);
        assertThatThrownBy(() -> ResNet.plain(14, 4, 2, SMALL).logits(images(SMALL, 1, 1), weights, false))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("the network has");
    }

    private static float[] gradient(Network network, Weights weights, NDArray images) {
        try (Recording recording = Recording.start()) {
            NDArray leaf = recording.leaf(weights.parameters());
            NDArray logits = network.logits(images, new Weights(leaf, weights.statistics()), true);
            recording.backward(logits.mul(logits).sum());
            return leaf.getGradient().toFloatArray();
        }
    }

    /** Weights whose normalisation does something. */
    private Weights moving(Weights weights, long seed) {
        float[] statistics = weights.statistics().toFloatArray();
        Random random = new Random(seed);
        for (int i = 0; i < statistics.length; i++) {
            statistics[i] += 0.3f * random.nextFloat();
        }
        return new Weights(weights.parameters(), manager.create(statistics));
    }

    private NDArray images(ImageInput input, int count, long seed) {
        float[] pixels = new float[count * input.channels() * input.height() * input.width()];
        Random random = new Random(seed);
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = random.nextFloat();
        }
        return manager.create(pixels, new Shape(count, input.channels(), input.height(), input.width()));
    }
}
