package dev.polyphony.distillation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import dev.polyphony.models.engine.Recording;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ObjectiveTest extends Scoped {

    /** One row, all numbers by hand in double precision. */
    @ParameterizedTest
    @CsvSource({
        "1, 0.2535317447, 0.2962055373, -0.3005569401, 0.0285623703, 0.2719945698",
        "4, 0.03238304178, 0.5343427688, -0.3635607019, -0.07353016153, 0.4370908634"
    })
    void oneToOne_ofOneRow(double temperature, double divergence, double total, double g0, double g1, double g2) {
        Objective objective = new OneToOneObjective(0.9, temperature);
        NDArray teacher = array(shape(1, 3), 2, 0.5f, -1);
        try (Recording recording = Recording.start()) {
            NDArray student = recording.leaf(array(shape(1, 3), 1, 0, 0.5f));
            NDArray ce = objective.crossEntropy(student, new int[] {0});
            NDArray kl = objective.divergence(student, teacher);
            NDArray loss =
                    ce.mul((float) objective.crossEntropyWeight()).add(kl.mul((float) objective.divergenceWeight()));
            recording.backward(loss);

            assertThat((double) ce.getFloat()).isCloseTo(0.6802696706, within(1e-6));
            assertThat((double) kl.getFloat()).isCloseTo(divergence, within(1e-6));
            assertThat((double) loss.getFloat()).isCloseTo(total, within(2e-6));
            assertClose(student.getGradient().toFloatArray(), 2e-6, g0, g1, g2);
        }
    }

    @Test
    void oneToOne_averagesOverMembersAndImages() {
        Objective objective = new OneToOneObjective(0.9, 4);
        NDArray clean = array(shape(4, 3), 1, 0, .5f, .2f, .1f, -.3f, .9f, .1f, .4f, 0, .3f, -.2f);
        NDArray perturbed = array(shape(4, 3), .8f, .1f, .5f, .1f, .2f, -.3f, 1.1f, 0, .3f, .1f, .1f, -.1f);
        NDArray teacher = array(shape(4, 3), 2, .5f, -1, 0, 1.5f, -.5f, 1.5f, 1, -.5f, -.5f, 2, 0);

        double ce = objective.crossEntropy(clean, new int[] {0, 1}).getFloat();
        double kl = objective.divergence(perturbed, teacher).getFloat();

        assertThat(ce).isCloseTo(0.8187694876, within(1e-6));
        assertThat(kl).isCloseTo(0.02616928773, within(1e-7));
        assertThat(objective.crossEntropyWeight() * ce + objective.divergenceWeight() * kl)
                .isCloseTo(0.458714692, within(1e-6));
    }

    @Test
    void terms_ofExtremeLogits_areFinite() {
        NDArray far = array(shape(1, 3), 0, 1000, -1000);
        NDArray other = array(shape(1, 3), 1000, 0, -1000);
        Objective objective = new OneToOneObjective(0.9, 1);
        assertThat(objective.crossEntropy(far, new int[] {0}).getFloat()).isEqualTo(1000f);
        assertThat(objective.divergence(far, other).getFloat()).isEqualTo(1000f);
    }

    @Test
    void terms_ofImpossibleArguments_areMistakes() {
        Objective objective = new OneToOneObjective(0.9, 1);
        NDArray logits = array(shape(2, 3), 0, 0, 0, 0, 0, 0);
        assertThatIllegalArgumentException().isThrownBy(() -> objective.crossEntropy(logits, new int[] {3, 0}));
        assertThatIllegalArgumentException().isThrownBy(() -> objective.crossEntropy(logits, new int[] {0, 0, 0}));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> objective.divergence(logits, array(shape(1, 3), 0, 0, 0)))
                .withMessageContaining("(1, 3)");
        assertThatIllegalArgumentException().isThrownBy(() -> new OneToOneObjective(1.1, 1));
        assertThatIllegalArgumentException().isThrownBy(() -> new OneToOneObjective(0.5, 0));
    }
}
