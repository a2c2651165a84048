package dev.polyphony.distillation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import ai.djl.ndarray.NDArray;
import dev.polyphony.experiment.StreamPart;
import dev.polyphony.experiment.StreamPart.Outputs;
import dev.polyphony.models.Ensemble;
import org.junit.jupiter.api.Test;

class AdversarialTest extends PerturbationKit {

    /** A linear softmax: W row by row, then b. */
    private static final float[] LINEAR = {1, -2, .5f, 0, 0, 1, -1, 2, -1, .5f, 1.5f, -.5f, .1f, -.2f, .3f};

    private static final float[] IMAGE = {.2f, .9f, .5f, .999f};

    @Override
    StreamPart.Perturbation kind() {
        return StreamPart.Perturbation.ADVERSARIAL;
    }

    @Override
    double[] norms() {
        return new double[] {FULL, FULL};
    }

    /** Its direction has no seed of its own: another seed or step may only choose another member. */
    @Override
    @Test
    void perturb_isAFunctionOfSeedAndStep() {
        NDArray images = images();
        for (long step = 0; step < 20; step++) {
            Perturbed first = perturbation(5).perturb(images, LABELS, step);
            Perturbed again = perturbation(5).perturb(images, LABELS, step);
            assertThat(numbers(again)).isEqualTo(numbers(first));
            Perturbed other = perturbation(6).perturb(images, LABELS, step + 1);
            assertThat(numbers(other).equals(numbers(first))).isEqualTo(other.member() == first.member());
        }
    }

    private static java.util.List<Float> numbers(Perturbed perturbed) {
        float[] values = perturbed.perturbation().orElseThrow().toFloatArray();
        java.util.List<Float> numbers = new java.util.ArrayList<>();
        for (float value : values) {
            numbers.add(value);
        }
        return numbers;
    }

    /** By hand, label 1: y = softmax(z / t), g = -W^T y (w - y_1) with w the one-hot label, over its norm, times 2 / 255. */
    @Test
    void perturb_ofOneImage() {
        LinearNetwork four = LinearNetwork.plain(4, CLASSES);
        Ensemble ensemble = Ensembles.of(four, four.weights(manager, LINEAR));
        NDArray image = array(shape(1, 1, 1, 4), IMAGE);
        assertClose(of(ensemble, 1, image), 2e-9, -0.001687553971, -0.001715989851, 0.005215699631, -0.005340301469);
        assertClose(of(ensemble, 4, image), 2e-9, -0.0005681201065, -0.003253321542, 0.004813741967, -0.00523792218);
    }

    private static float[] of(Ensemble ensemble, double temperature, NDArray image) {
        return new Adversarial(1, new OutputDirections(ensemble, Outputs.PROBABILITIES, temperature, 0))
                .perturb(image, new int[] {1}, 0)
                .perturbation()
                .orElseThrow()
                .toFloatArray();
    }

    @Test
    void perturb_makesTheLabelLessProbable() {
        Ensemble ensemble = Ensembles.of(network, member(1));
        NDArray images = images();
        NDArray added = new Adversarial(2, new OutputDirections(ensemble, Outputs.PROBABILITIES, 1, 5))
                .perturb(images, LABELS, 0)
                .perturbation()
                .orElseThrow();
        NDArray before = network.logits(images, member(1), false).softmax(1);
        NDArray after = network.logits(images.add(added), member(1), false).softmax(1);
        for (int i = 0; i < LABELS.length; i++) {
            assertThat(after.getFloat(i, LABELS[i])).isLessThan(before.getFloat(i, LABELS[i]));
        }
    }

    @Test
    void labels_thatDoNotFit_areMistakes() {
        Perturbation perturbation = perturbation(5);
        NDArray images = images();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> perturbation.perturb(images, new int[7], 0))
                .withMessage("7 labels for 8 images");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> perturbation.perturb(images, new int[] {0, 1, 2, 3, 0, 0, 0, 0}, 0))
                .withMessage("label 3 of 3 classes");
    }
}
