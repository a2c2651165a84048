package dev.polyphony.models.networks;

import static org.assertj.core.api.Assertions.assertThat;

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
import dev.polyphony.models.networks.Architecture.Kind;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The paper's wide students at full width, on images of 8 x 8 pixels. */
class WideStudentsTest {

    private static final int IMAGES = 4;
    private static final ImageInput INPUT =
            new ImageInput(3, 8, 8, 100, List.of(.5f, .5f, .4f), List.of(.2f, .2f, .3f));

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

    @ParameterizedTest
    @CsvSource({
        "wrn-28-1, BATCH_ENSEMBLE, 4",
        "wrn-28-2, BATCH_ENSEMBLE, 4",
        "wrn-28-5, BATCH_ENSEMBLE, 4",
        "wrn-28-2, MIMO, 3",
        "resnet-32, MIMO, 2",
    })
    void trainingStep_reachesEveryTensor_andLowersTheLoss(String name, Kind kind, int members) {
        Described network = Networks.named(name, kind, 16, 1, members, INPUT);
        Weights weights = Initialisation.weights(network, manager, 1);
        NDArray gradient;
        double before;
        try (Recording recording = Recording.start()) {
            NDArray leaf = recording.leaf(weights.parameters());
            NDArray loss = loss(network, new Weights(leaf, weights.statistics()));
            recording.backward(loss);
            before = loss.getFloat();
            gradient = leaf.getGradient();
        }
        requireEveryTensor(network, gradient);
        float rate = 0.01f / gradient.norm().getFloat();
        NDArray stepped = weights.parameters().sub(gradient.mul(rate));
        assertThat((double) loss(network, new Weights(stepped, weights.statistics()))
                        .getFloat())
                .isFinite()
                .isLessThan(before);
    }

    /** Cross-entropy of what a trainer feeds: the same images for all, or an arrangement of them for MIMO. */
    private NDArray loss(Described network, Weights weights) {
        NDArray images = images();
        int[] labels = {3, 1, 4, 15};
        if (network instanceof OwnImages own) {
            MimoArrangement arrangement = MimoArrangement.draw(network.members(), IMAGES, 2, 1, 0);
            NDArray rows = images.get(manager.create(longs(arrangement.imageOfRow())));
            return crossEntropy(own.logitsOfOwn(rows, weights, true), arrangement.labelsOfRows(labels));
        }
        int[] labelsOfRows = new int[network.members() * IMAGES];
        Arrays.setAll(labelsOfRows, row -> labels[row % IMAGES]);
        return crossEntropy(network.logits(images, weights, true), labelsOfRows);
    }

    private NDArray crossEntropy(NDArray logits, int[] labels) {
        NDArray column = manager.create(longs(labels), new Shape(labels.length, 1));
        return logits.logSoftmax(1).gather(column, 1).mean().neg();
    }

    private static void requireEveryTensor(Network network, NDArray gradient) {
        float[] numbers = gradient.toFloatArray();
        for (Entry entry : network.parameters().entries()) {
            double sum = 0;
            for (int i = (int) entry.offset(); i < entry.offset() + entry.size(); i++) {
                sum += Math.abs(numbers[i]);
            }
            assertThat(sum).as(entry.name()).isFinite().isPositive();
        }
    }

    private static long[] longs(int[] numbers) {
        return Arrays.stream(numbers).asLongStream().toArray();
    }

    private NDArray images() {
        Random random = new Random(2);
        float[] pixels = new float[IMAGES * 3 * 8 * 8];
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = random.nextFloat();
        }
        return manager.create(pixels, new Shape(IMAGES, 3, 8, 8));
    }
}
