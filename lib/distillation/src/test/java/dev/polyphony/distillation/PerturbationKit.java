package dev.polyphony.distillation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.DataType;
import dev.polyphony.experiment.StreamPart;
import dev.polyphony.models.Weights;
import org.junit.jupiter.api.Test;

/** What every perturbation promises. */
abstract class PerturbationKit extends Scoped {

    static final int CLASSES = 3;
    static final int PIXELS = 48;
    static final int[] LABELS = {0, 2, 1, 1, 0, 2, 2, 0};
    static final double STEP_SIZE = 2;
    /** Norm of a perturbation of full length. */
    static final double FULL = STEP_SIZE / 255 * Math.sqrt(PIXELS);

    final LinearNetwork network = LinearNetwork.plain(PIXELS, CLASSES);

    abstract StreamPart.Perturbation kind();

    /** Smallest and largest norm that one image's perturbation may have. */
    abstract double[] norms();

    Perturbation perturbation(long seed) {
        StreamPart stream = new StreamPart(
                kind(),
                StreamPart.Guide.MEMBERS,
                StreamPart.Outputs.PROBABILITIES,
                STEP_SIZE,
                4,
                StreamPart.Precision.FLOAT32,
                8,
                1,
                seed,
                StreamPart.Recording.PACED);
        return Perturbations.of(stream, Ensembles.of(network, member(1), member(2)));
    }

    Weights member(long seed) {
        return network.weights(manager, GuideVector.draw(seed, 0, CLASSES, PIXELS + 1));
    }

    NDArray images() {
        float[] pixels = GuideVector.draw(3, 0, 8, PIXELS);
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = (1 + pixels[i]) / 2;
        }
        return array(shape(8, 1, 1, PIXELS), pixels);
    }

    @Test
    void perturb_keepsTheShape_andStaysWithinItsNorms() {
        NDArray images = images();
        NDArray perturbation =
                perturbation(5).perturb(images, LABELS, 0).perturbation().orElseThrow();
        assertThat(perturbation.getShape()).isEqualTo(images.getShape());
        assertThat(perturbation.getDataType()).isEqualTo(DataType.FLOAT32);
        assertThat(perturbation.hasGradient()).isFalse();
        float[] norms = perturbation.reshape(8, -1).norm(new int[] {1}).toFloatArray();
        for (double norm : norms) {
            assertThat(norm).isBetween(norms()[0] * (1 - 1e-5), norms()[1] * (1 + 1e-5));
        }
    }

    @Test
    void perturb_isAFunctionOfSeedAndStep() {
        float[] first = numbers(5, 9);
        assertThat(numbers(5, 9)).isEqualTo(first);
        assertThat(numbers(5, 10)).isNotEqualTo(first);
        assertThat(numbers(6, 9)).isNotEqualTo(first);
    }

    private float[] numbers(long seed, long step) {
        return perturbation(seed)
                .perturb(images(), LABELS, step)
                .perturbation()
                .orElseThrow()
                .toFloatArray();
    }

    @Test
    void perturb_leavesTheImagesAlone() {
        NDArray images = images();
        float[] before = images.toFloatArray();
        perturbation(5).perturb(images, LABELS, 0);
        assertThat(images.toFloatArray()).isEqualTo(before);
        assertThat(images.hasGradient()).isFalse();
    }

    @Test
    void perturb_leavesItsArrayToTheCallersScope() {
        Perturbed perturbed;
        NDArray images = images();
        Perturbation perturbation = perturbation(5);
        try (NDScope scope = new NDScope()) {
            scope.suppressNotUsedWarning();
            perturbed = perturbation.perturb(images, LABELS, 0);
            assertThat(perturbed.perturbation().orElseThrow().isReleased()).isFalse();
        }
        assertThat(perturbed.perturbation().orElseThrow().isReleased()).isTrue();
        assertThat(images.isReleased()).isFalse();
    }

    @Test
    void perturb_ofOneImage_equalsThatImageInAMinibatch() {
        NDArray images = images();
        float[] all = perturbation(5)
                .perturb(images, LABELS, 2)
                .perturbation()
                .orElseThrow()
                .toFloatArray();
        float[] one = perturbation(5)
                .perturb(images.get("0:1"), new int[] {LABELS[0]}, 2)
                .perturbation()
                .orElseThrow()
                .toFloatArray();
        assertThat(one).containsExactly(java.util.Arrays.copyOf(all, PIXELS), within(1e-7f));
    }

    @Test
    void perturb_leavesNoArraysBehind() {
        NDArray images = images();
        Perturbation perturbation = perturbation(5);
        int before = manager.getManagedArrays().size();
        for (long step = 0; step < 50; step++) {
            perturbation
                    .perturb(images, LABELS, step)
                    .perturbation()
                    .orElseThrow()
                    .close();
        }
        assertThat(manager.getManagedArrays()).hasSize(before);
    }
}
