package dev.polyphony.models.networks;

import static org.assertj.core.api.Assertions.assertThat;
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
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WideResNetTest {

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
    void layers_areInTheReferenceCodesPlaces() {
        List<String> names = WideResNet.plain(10, 2, 4, 1, SMALL).parameters().entries().stream()
                .map(Entry::name)
                .toList();
        assertThat(names)
                .startsWith("stem.weight", "stage1.block0.bn1.gamma", "stage1.block0.bn1.beta")
                .containsSubsequence(
                        "stage2.block0.bn1.gamma",
                        "stage2.block0.conv1.weight",
                        "stage2.block0.bn2.gamma",
                        "stage2.block0.conv2.weight",
                        "stage2.block0.projection.weight")
                .endsWith("final.bn.gamma", "final.bn.beta", "head.weight", "head.bias")
                .doesNotContain("stem.bn.gamma");
    }

    @Test
    void projections_areOnlyWhereTheShapeChanges() {
        assertThat(projections(WideResNet.plain(16, 2, 4, 1, SMALL)))
                .containsExactly(
                        "stage1.block0.projection.weight",
                        "stage2.block0.projection.weight",
                        "stage3.block0.projection.weight");
        assertThat(projections(WideResNet.plain(16, 1, 4, 1, SMALL)))
                .containsExactly("stage2.block0.projection.weight", "stage3.block0.projection.weight");
    }

    @ParameterizedTest
    @CsvSource({"10, 2, 1", "10, 1, 1", "16, 2, 2"})
    void logits_areThoseOfLoopsInJava(int depth, int widening, int stemStride) {
        WideResNet network = WideResNet.plain(depth, widening, 3, stemStride, SMALL);
        Weights weights = moving(network, 5);
        float[] pixels = pixels(SMALL, 3);
        NDArray images = manager.create(pixels, new Shape(3, 2, 9, 7));
        float[] logits = network.logits(images, weights, false).toFloatArray();
        LoopedWideResNet loops = new LoopedWideResNet(network, weights);
        for (int image = 0; image < 3; image++) {
            double[] expected = loops.logits(Arrays.copyOfRange(pixels, image * 126, (image + 1) * 126));
            for (int k = 0; k < 5; k++) {
                assertThat((double) logits[image * 5 + k])
                        .isEqualTo(expected[k], within(1e-4 * (1 + Math.abs(expected[k]))));
            }
        }
    }

    @Test
    void memberOutputs_areThoseOfPlainNetworksWithFoldedWeights() {
        WideResNet ensemble = WideResNet.batchEnsemble(10, 2, 3, 1, 3, SMALL);
        WideResNet plain = WideResNet.plain(10, 2, 3, 1, SMALL);
        Weights weights = moving(ensemble, 5);
        NDArray images = manager.create(pixels(SMALL, 4), new Shape(4, 2, 9, 7));
        float[] all = ensemble.logits(images, weights, false).toFloatArray();
        for (int member = 0; member < 3; member++) {
            Weights folded = Folding.member(ensemble, plain, weights, member, manager);
            float[] expected = plain.logits(images, folded, false).toFloatArray();
            assertThat(Arrays.copyOfRange(all, member * 20, (member + 1) * 20))
                    .as("member %d", member)
                    .containsExactly(expected, within(1e-3f));
        }
    }

    private static List<String> projections(Network network) {
        return network.parameters().entries().stream()
                .map(Entry::name)
                .filter(name -> name.contains("projection"))
                .toList();
    }

    /** Weights whose normalisation does something. */
    private Weights moving(Network network, long seed) {
        Random random = new Random(seed);
        Weights fresh = Initialisation.weights(network, manager, seed);
        float[] statistics = fresh.statistics().toFloatArray();
        for (int i = 0; i < statistics.length; i++) {
            statistics[i] += 0.3f * random.nextFloat();
        }
        float[] parameters = fresh.parameters().toFloatArray();
        for (Entry entry : network.parameters().entries()) {
            if (entry.name().endsWith(".beta") || entry.name().endsWith(".gamma")) {
                for (int i = (int) entry.offset(); i < entry.offset() + entry.size(); i++) {
                    parameters[i] += 0.3f * (random.nextFloat() - 0.5f);
                }
            }
        }
        return new Weights(manager.create(parameters), manager.create(statistics));
    }

    private static float[] pixels(ImageInput input, int count) {
        Random random = new Random(2);
        float[] pixels = new float[count * input.channels() * input.height() * input.width()];
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = random.nextFloat();
        }
        return pixels;
    }
}
