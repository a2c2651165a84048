package dev.polyphony.models.networks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import dev.polyphony.experiment.ImageInput;
import dev.polyphony.models.Initialisation;
import dev.polyphony.models.Layout.Entry;
import dev.polyphony.models.Network;
import dev.polyphony.models.Weights;
import dev.polyphony.models.networks.Architecture.Family;
import dev.polyphony.models.networks.Architecture.Kind;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class MimoTest {

    private static final int MEMBERS = 3;
    private static final int CLASSES = 5;
    private static final int PIXELS = 2 * 6 * 4;
    private static final ImageInput INPUT = new ImageInput(2, 6, 4, CLASSES, List.of(.4f, .5f), List.of(.25f, .3f));

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

    /** The images side by side on the channels, in a plain network with as many channels and three times the classes. */
    @ParameterizedTest
    @EnumSource(Family.class)
    void logitsOfOwn_areTheMembersColumnsOfAPlainNetwork(Family family) {
        Mimo mimo = mimo(family);
        Weights weights = Initialisation.weights(mimo, manager, 4);
        float[] own = pixels(MEMBERS * 2, 7);
        float[] logits = mimo.logitsOfOwn(images(own), weights, false).toFloatArray();
        float[] stacked = new float[own.length];
        for (int image = 0; image < 2; image++) {
            for (int member = 0; member < MEMBERS; member++) {
                int from = (member * 2 + image) * PIXELS;
                System.arraycopy(own, from, stacked, (image * MEMBERS + member) * PIXELS, PIXELS);
            }
        }
        ImageInput wide = new ImageInput(
                6, 6, 4, 15, List.of(.4f, .5f, .4f, .5f, .4f, .5f), List.of(.25f, .3f, .25f, .3f, .25f, .3f));
        Network plain = Networks.of(new Architecture(Kind.PLAIN, family, depth(family), 1, 4, 1, 1, wide));
        assertThat(plain.parameters()).isEqualTo(mimo.parameters());
        float[] columns = plain.logits(manager.create(stacked, new Shape(2, 6, 6, 4)), weights, false)
                .toFloatArray();
        for (int member = 0; member < MEMBERS; member++) {
            for (int image = 0; image < 2; image++) {
                for (int k = 0; k < CLASSES; k++) {
                    assertThat(logits[(member * 2 + image) * CLASSES + k])
                            .isEqualTo(columns[image * 15 + member * CLASSES + k], within(1e-5f));
                }
            }
        }
    }

    @Test
    void logits_showEveryMemberTheSameImage() {
        Mimo mimo = mimo(Family.RESNET);
        Weights weights = Initialisation.weights(mimo, manager, 4);
        float[] pixels = pixels(2, 7);
        float[] thrice = new float[3 * pixels.length];
        for (int member = 0; member < MEMBERS; member++) {
            System.arraycopy(pixels, 0, thrice, member * pixels.length, pixels.length);
        }
        float[] logits = mimo.logits(images(pixels), weights, false).toFloatArray();
        assertThat(logits).hasSize(MEMBERS * 2 * CLASSES);
        assertThat(logits)
                .containsExactly(
                        mimo.logitsOfOwn(images(thrice), weights, false).toFloatArray(), within(1e-5f));
        float[] alone = mimo.logits(images(Arrays.copyOfRange(pixels, PIXELS, 2 * PIXELS)), weights, false)
                .toFloatArray();
        for (int member = 0; member < MEMBERS; member++) {
            assertThat(Arrays.copyOfRange(logits, (2 * member + 1) * CLASSES, (2 * member + 2) * CLASSES))
                    .containsExactly(
                            Arrays.copyOfRange(alone, member * CLASSES, (member + 1) * CLASSES), within(1e-5f));
        }
    }

    /** Head m reads image m through its own channels of the stem, and answers with its own rows of the linear layer. */
    @Test
    void blocksOfTheStemAndTheHead_belongToOneMember() {
        Mimo mimo = mimo(Family.WIDE_RESNET);
        float[] parameters =
                Initialisation.weights(mimo, manager, 4).parameters().toFloatArray();
        float[] blind = parameters.clone();
        Entry stem = entry(mimo, "stem.weight");
        for (int output = 0; output < 4; output++) {
            int from = (int) stem.offset() + (output * 6 + 2) * 9;
            Arrays.fill(blind, from, from + 2 * 9, 0);
        }
        float[] own = pixels(MEMBERS, 7);
        float[] other = own.clone();
        System.arraycopy(pixels(1, 8), 0, other, PIXELS, PIXELS);
        assertThat(logits(mimo, blind, other)).containsExactly(logits(mimo, blind, own));
        assertThat(logits(mimo, parameters, other)).isNotEqualTo(logits(mimo, parameters, own));
        float[] silent = parameters.clone();
        Entry head = entry(mimo, "head.weight");
        Entry bias = entry(mimo, "head.bias");
        Arrays.fill(silent, (int) head.offset() + 5 * 16, (int) head.offset() + 10 * 16, 0);
        Arrays.fill(silent, (int) bias.offset() + 5, (int) bias.offset() + 10, 0);
        float[] expected = logits(mimo, parameters, own);
        Arrays.fill(expected, 5, 10, 0);
        assertThat(logits(mimo, silent, own)).containsExactly(expected, within(1e-6f));
    }

    /** What a trainer does: images, labels and the teacher's logits gathered by one arrangement. */
    @Test
    void arrangement_pairsEachRowWithItsImageAndItsTeacher() {
        MimoArrangement arrangement = MimoArrangement.draw(MEMBERS, 2, 4, 1, 0);
        NDArray images = images(pixels(2, 7));
        NDArray rows = gathered(images, arrangement.imageOfRow());
        assertThat(rows.getShape()).isEqualTo(new Shape(MEMBERS * 4 * 2, 2, 6, 4));
        NDArray teacher = manager.create(new float[] {0, 1, 10, 11, 20, 21}, new Shape(MEMBERS * 2, 1));
        float[] ofRows = gathered(teacher, arrangement.teacherOfRow()).toFloatArray();
        float[] firstPixels = rows.reshape(MEMBERS * 4 * 2, PIXELS).get(":, 0").toFloatArray();
        float[] firstOfImages = images.reshape(2, PIXELS).get(":, 0").toFloatArray();
        for (int row = 0; row < ofRows.length; row++) {
            int image = (int) ofRows[row] % 10;
            assertThat((int) ofRows[row] / 10).isEqualTo(row / 8);
            assertThat(firstPixels[row]).isEqualTo(firstOfImages[image]);
        }
        Mimo mimo = mimo(Family.RESNET);
        assertThat(mimo.logitsOfOwn(rows, Initialisation.weights(mimo, manager, 1), true)
                        .getShape())
                .isEqualTo(new Shape(MEMBERS * 4 * 2, CLASSES));
    }

    @Test
    void wrongImages_areNamed() {
        Mimo mimo = mimo(Family.RESNET);
        Weights weights = Initialisation.weights(mimo, manager, 4);
        NDArray four = images(pixels(4, 7));
        assertThatThrownBy(() -> mimo.logitsOfOwn(four, weights, true)).hasMessageContaining("3 members");
        NDArray stacked = manager.zeros(new Shape(1, 6, 6, 4));
        assertThatThrownBy(() -> mimo.logits(stacked, weights, true)).hasMessageContaining("[B, 2, 6, 4]");
    }

    private NDArray gathered(NDArray array, int[] index) {
        long[] rows = Arrays.stream(index).asLongStream().toArray();
        return array.get(manager.create(rows).toType(DataType.INT64, false));
    }

    private float[] logits(Mimo mimo, float[] parameters, float[] own) {
        Weights weights = Initialisation.weights(mimo, manager, 4);
        return mimo.logitsOfOwn(images(own), new Weights(manager.create(parameters), weights.statistics()), false)
                .toFloatArray();
    }

    private static Mimo mimo(Family family) {
        return new Mimo(new Architecture(Kind.MIMO, family, depth(family), 1, 4, 1, MEMBERS, INPUT));
    }

    private static int depth(Family family) {
        return family == Family.RESNET ? 8 : 10;
    }

    private NDArray images(float[] pixels) {
        return manager.create(pixels, new Shape(pixels.length / PIXELS, 2, 6, 4));
    }

    private static float[] pixels(int images, long seed) {
        Random random = new Random(seed);
        float[] pixels = new float[images * PIXELS];
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = random.nextFloat();
        }
        return pixels;
    }

    private static Entry entry(Network network, String name) {
        return network.parameters().entries().stream()
                .filter(candidate -> candidate.name().equals(name))
                .findFirst()
                .orElseThrow();
    }
}
