package dev.polyphony.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDManager;
import dev.polyphony.experiment.ImageInput;
import dev.polyphony.experiment.StudentPart.RankOne;
import dev.polyphony.models.Layout.Entry;
import dev.polyphony.models.Layout.Kind;
import dev.polyphony.models.networks.ResNet;
import dev.polyphony.models.networks.WideResNet;
import java.util.Arrays;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class InitialisationTest {

    private static final ImageInput INPUT =
            new ImageInput(3, 32, 32, 10, List.of(0.5f, 0.5f, 0.5f), List.of(0.2f, 0.2f, 0.2f));
    private static final ResNet PLAIN = ResNet.plain(8, 16, 1, INPUT);
    private static final ResNet ENSEMBLE = ResNet.batchEnsemble(8, 16, 1, 4, INPUT);

    private final NDManager manager = NDManager.newBaseManager();

    @AfterEach
    void free() {
        manager.close();
    }

    @Test
    void kernels_haveKaimingDeviation() {
        float[] flat = Initialisation.weights(PLAIN, manager, 1).parameters().toFloatArray();
        assertDeviation(values(PLAIN, flat, "stage1.block0.conv1.weight"), 0.117851, 6);
        assertDeviation(values(PLAIN, flat, "stage2.block0.conv2.weight"), 0.0833333, 3);
        assertDeviation(values(PLAIN, flat, "stage3.block0.conv2.weight"), 0.0589256, 2);
        assertDeviation(values(PLAIN, flat, "head.weight"), 0.447214, 11);
    }

    /** The deviations of WRN-28x10, whose widths this network has at less depth. */
    @Test
    void wideKernels_projectionsAndLinearLayers_haveKaimingDeviation() {
        ImageInput hundred = new ImageInput(1, 8, 8, 100, List.of(0.5f), List.of(0.2f));
        Network wide = WideResNet.plain(10, 10, 16, 1, hundred);
        float[] flat = Initialisation.weights(wide, manager, 1).parameters().toFloatArray();
        assertDeviation(values(wide, flat, "stem.weight"), 0.117851, 20);
        assertDeviation(values(wide, flat, "stage1.block0.conv1.weight"), 0.0372678, 2);
        assertDeviation(values(wide, flat, "stage2.block0.conv1.weight"), 0.0263523, 1);
        assertDeviation(values(wide, flat, "stage3.block0.conv2.weight"), 0.0186339, 1);
        assertDeviation(values(wide, flat, "stage1.block0.projection.weight"), 0.111803, 5);
        assertDeviation(values(wide, flat, "stage2.block0.projection.weight"), 0.0790569, 2);
        assertDeviation(values(wide, flat, "stage3.block0.projection.weight"), 0.0559017, 2);
        assertDeviation(values(wide, flat, "head.weight"), 0.141421, 2);
    }

    @Test
    void rankOneFactors_areNormalAroundOne() {
        float[] flat = Initialisation.weights(ENSEMBLE, manager, 1).parameters().toFloatArray();
        double[] factors = ENSEMBLE.parameters().entries().stream()
                .filter(entry -> entry.kind() == Kind.RANK_ONE)
                .flatMapToDouble(entry -> DoubleStream.of(values(ENSEMBLE, flat, entry.name())))
                .toArray();
        assertThat(factors).hasSize(1972);
        assertThat(Arrays.stream(factors).average().orElseThrow()).isEqualTo(1, within(0.04));
        assertDeviation(Arrays.stream(factors).map(f -> f - 1).toArray(), 0.5, 6);
    }

    @Test
    void rankOneFactors_canBeSigns_andNothingElseChanges() {
        float[] normal =
                Initialisation.weights(ENSEMBLE, manager, 1).parameters().toFloatArray();
        float[] signs = Initialisation.weights(ENSEMBLE, manager, 1, RankOne.SIGNS)
                .parameters()
                .toFloatArray();
        int negative = 0;
        for (Entry entry : ENSEMBLE.parameters().entries()) {
            double[] values = values(ENSEMBLE, signs, entry.name());
            if (entry.kind() == Kind.RANK_ONE) {
                assertThat(values).containsOnly(1, -1);
                negative +=
                        (int) Arrays.stream(values).filter(value -> value < 0).count();
            } else {
                assertThat(values).isEqualTo(values(ENSEMBLE, normal, entry.name()));
            }
        }
        assertThat(negative).isBetween(900, 1072);
    }

    @Test
    void biases_areUniformOrZero() {
        float[] plain = Initialisation.weights(PLAIN, manager, 1).parameters().toFloatArray();
        assertThat(values(PLAIN, plain, "head.bias")).hasSize(10).doesNotHaveDuplicates();
        assertThat(Arrays.stream(values(PLAIN, plain, "head.bias"))
                        .map(Math::abs)
                        .max()
                        .orElseThrow())
                .isBetween(0.05, 0.125);
        float[] ensemble =
                Initialisation.weights(ENSEMBLE, manager, 1).parameters().toFloatArray();
        assertThat(values(ENSEMBLE, ensemble, "head.bias")).hasSize(40).containsOnly(0);
    }

    @Test
    void normalisation_startsAsIdentity() {
        Weights weights = Initialisation.weights(PLAIN, manager, 1);
        float[] flat = weights.parameters().toFloatArray();
        assertThat(values(PLAIN, flat, "stem.bn.gamma")).containsOnly(1);
        assertThat(values(PLAIN, flat, "stage3.block0.bn2.beta")).containsOnly(0);
        float[] statistics = weights.statistics().toFloatArray();
        for (Entry entry : PLAIN.statistics().entries()) {
            assertThat(statistics[(int) entry.offset()]).isEqualTo(entry.name().endsWith(".mean") ? 0 : 1);
        }
    }

    /** Frozen: recipes that were run must give the same weights with later versions. */
    @Test
    void seed_decidesForEver() {
        float[] flat = Initialisation.weights(PLAIN, manager, 42).parameters().toFloatArray();
        assertThat(Arrays.copyOf(flat, 4)).containsExactly(FIRST_OF_SEED_42, within(1e-6f));
        assertThat(Initialisation.weights(PLAIN, manager, 42).sha256())
                .isEqualTo(Initialisation.weights(PLAIN, manager, 42).sha256())
                .isNotEqualTo(Initialisation.weights(PLAIN, manager, 43).sha256());
    }

    private static final float[] FIRST_OF_SEED_42 = {-0.13548274f, 0.03392954f, 0.02598055f, -0.037664767f};

    private static void assertDeviation(double[] values, double expected, double percent) {
        double square = Arrays.stream(values).map(v -> v * v).average().orElseThrow();
        assertThat(Math.sqrt(square)).isCloseTo(expected, Percentage.withPercentage(percent));
    }

    private static double[] values(Network network, float[] flat, String name) {
        Entry entry = network.parameters().entries().stream()
                .filter(candidate -> candidate.name().equals(name))
                .findFirst()
                .orElseThrow();
        return IntStream.range(0, (int) entry.size())
                .mapToDouble(i -> flat[(int) entry.offset() + i])
                .toArray();
    }
}
