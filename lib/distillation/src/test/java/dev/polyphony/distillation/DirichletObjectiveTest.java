package dev.polyphony.distillation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import dev.polyphony.models.engine.Recording;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DirichletObjectiveTest extends Scoped {

    private static final TemperatureAnnealing ANNEALING = new TemperatureAnnealing(10, 90);
    private static final float[] TEACHER = {2, 0, -1, 1, .5f, 0};
    private static final float[] STUDENT = {1.2f, .4f, -.5f};

    private static DirichletObjective at(double temperature) {
        return new DirichletObjective(ANNEALING, 1e-4, temperature);
    }

    /** Two members, one image; numbers computed independently in double precision. */
    @ParameterizedTest
    @CsvSource({
        "1, -1.695898247, -.4239591723, .1627122768, -.4167588319",
        "4, -.850742269, -.1035123208, -.08193510086, -.1062930292"
    })
    void end2_ofOneRow(double temperature, double loss, double g0, double g1, double g2) {
        try (Recording recording = Recording.start()) {
            NDArray student = recording.leaf(array(shape(1, 3), STUDENT));
            NDArray value = at(temperature).divergence(student, array(shape(2, 1, 3), TEACHER));
            recording.backward(value);
            assertThat((double) value.getFloat()).isCloseTo(loss, within(1e-6));
            assertClose(student.getGradient().toFloatArray(), 1e-6, g0, g1, g2);
        }
    }

    @Test
    void end2_isWeightedWithTheSquaredTemperature() {
        DirichletObjective objective = DirichletObjective.first(ANNEALING, 1e-4);
        double loss = objective
                .divergence(array(shape(1, 3), STUDENT), array(shape(2, 1, 3), TEACHER))
                .getFloat();
        assertThat(loss).isCloseTo(-.7450345142, within(1e-6));
        assertThat(objective.divergenceWeight() * loss).isCloseTo(-74.50345142, within(1e-4));
        assertThat(objective.crossEntropyWeight()).isZero();
        assertThat(objective.in(45).divergenceWeight()).isCloseTo(5.5 * 5.5, within(1e-9));
    }

    /** The second row's gradient by differences of the first formula; both are halved by the mean. */
    @Test
    void end2_isTheMeanOverRows_andItsGradientIsThatOfTheLoss() {
        float[] student = {1.2f, .4f, -.5f, -2, 6, .25f};
        float[] teacher = {2, 0, -1, -3, 9, 1, 1, .5f, 0, 0, 4, 2};
        DirichletRows rows = DirichletRows.of(student, teacher, 2, 3, 1e-4, 1);
        assertThat((double) rows.gradient()[1]).isCloseTo(.1627122768 / 2, within(1e-7));
        for (int i = 0; i < student.length; i++) {
            float[] above = student.clone();
            float[] below = student.clone();
            above[i] += 1 / 1024f;
            below[i] -= 1 / 1024f;
            double slope = (DirichletRows.of(above, teacher, 2, 3, 1e-4, 1).loss()
                            - DirichletRows.of(below, teacher, 2, 3, 1e-4, 1).loss())
                    * 512;
            assertThat((double) rows.gradient()[i]).as("logit %s", i).isCloseTo(slope, within(1e-3));
        }
    }

    @Test
    void end2_ofLargeLogits_isFinite() {
        NDArray student = array(shape(1, 3), 30, -30, 0);
        NDArray teacher = array(shape(2, 1, 3), 1000, -1000, 0, 0, 0, 0);
        assertThat(at(1).divergence(student, teacher).getFloat()).isFinite();
    }

    @Test
    void impossibleSettings_areMistakes() {
        assertThatIllegalArgumentException().isThrownBy(() -> new TemperatureAnnealing(0.5, 90));
        assertThatIllegalArgumentException().isThrownBy(() -> new TemperatureAnnealing(10, 0));
        assertThatIllegalArgumentException().isThrownBy(() -> new DirichletObjective(ANNEALING, 1, 1));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> at(1).divergence(array(shape(1, 2), 0, 0), array(shape(2, 1, 3), TEACHER)));
    }
}
