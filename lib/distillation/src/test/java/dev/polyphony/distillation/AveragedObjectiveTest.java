package dev.polyphony.distillation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import dev.polyphony.models.engine.Recording;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AveragedObjectiveTest extends Scoped {

    /** Two members, one image, label 0; by hand in double precision from p = mean of softmax(z / t). */
    @ParameterizedTest
    @CsvSource({
        "1, 0.2354839557, 0.2799625272, 0.008131083862, -0.2238130792, 0.2156819953",
        "4, 0.01991270572, 0.3547699295, -0.006049618055, -0.28541504, 0.2914646581"
    })
    void averaged_ofOneRow(double temperature, double divergence, double total, double g0, double g1, double g2) {
        Objective objective = new AveragedObjective(0.9, temperature);
        NDArray teacher = array(shape(2, 1, 3), 2, .5f, -1, -.5f, 1.5f, 0);
        try (Recording recording = Recording.start()) {
            NDArray student = recording.leaf(array(shape(1, 3), 1, 0, .5f));
            NDArray ce = objective.crossEntropy(student, new int[] {0});
            NDArray kl = objective.divergence(student, teacher);
            NDArray loss =
                    ce.mul((float) objective.crossEntropyWeight()).add(kl.mul((float) objective.divergenceWeight()));
            recording.backward(loss);

            assertThat((double) kl.getFloat()).isCloseTo(divergence, within(1e-6));
            assertThat((double) loss.getFloat()).isCloseTo(total, within(2e-6));
            assertClose(student.getGradient().toFloatArray(), 2e-6, g0, g1, g2);
        }
    }

    /** Two subnetworks of two images: rows 0 and 2 learn from image 0, rows 1 and 3 from image 1. */
    @Test
    void averaged_teachesEverySubnetworkTheSame() {
        NDArray student = array(shape(4, 3), .8f, .1f, .5f, .1f, .2f, -.3f, 1.1f, 0, .3f, .1f, .1f, -.1f);
        NDArray teacher = array(shape(2, 2, 3), 2, .5f, -1, 0, 1.5f, -.5f, 1.5f, 1, -.5f, -.5f, 2, 0);
        double kl = new AveragedObjective(0.9, 4).divergence(student, teacher).getFloat();
        assertThat(kl).isCloseTo(0.0236132756, within(1e-7));
    }

    @Test
    void averaged_ofOneMember_isOneToOne() {
        NDArray student = array(shape(1, 3), 1, 0, .5f);
        NDArray teacher = array(shape(1, 1, 3), 2, .5f, -1);
        assertThat(new AveragedObjective(0.9, 4).divergence(student, teacher).getFloat())
                .isCloseTo(
                        new OneToOneObjective(0.9, 4)
                                .divergence(student, teacher)
                                .getFloat(),
                        within(1e-7f));
    }

    @Test
    void averaged_ofExtremeLogits_isFinite() {
        NDArray teacher = array(shape(2, 1, 3), 1000, 0, -1000, 900, 0, -1000);
        NDArray student = array(shape(1, 3), 0, 1000, -1000);
        assertThat(new AveragedObjective(0.9, 1).divergence(student, teacher).getFloat())
                .isEqualTo(1000f);
    }

    @Test
    void averaged_ofRowsThatDoNotFit_isAMistake() {
        NDArray teacher = array(shape(2, 2, 3), new float[12]);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new AveragedObjective(0.9, 1).divergence(array(shape(3, 3), new float[9]), teacher))
                .withMessageContaining("(3, 3)");
        assertThatIllegalArgumentException().isThrownBy(() -> new AveragedObjective(0.9, 0));
        assertThatIllegalArgumentException().isThrownBy(() -> new AveragedObjective(-0.1, 1));
    }
}
