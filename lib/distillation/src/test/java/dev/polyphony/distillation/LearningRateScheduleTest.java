package dev.polyphony.distillation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.DoubleStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LearningRateScheduleTest {

    /** By hand from the milestones 5, half and nine tenths of the epochs. */
    @ParameterizedTest
    @CsvSource({
        "200, 0.4, 1, 0.004",
        "200, 0.4, 2, 0.103",
        "200, 0.4, 3, 0.202",
        "200, 0.4, 4, 0.301",
        "200, 0.4, 5, 0.4",
        "200, 0.4, 100, 0.4",
        "200, 0.4, 101, 0.39505",
        "200, 0.4, 140, 0.202",
        "200, 0.4, 179, 0.00895",
        "200, 0.4, 180, 0.004",
        "200, 0.4, 200, 0.004",
        "250, 0.1, 2, 0.02575",
        "250, 0.1, 125, 0.1",
        "250, 0.1, 126, 0.09901",
        "250, 0.1, 175, 0.0505",
        "250, 0.1, 224, 0.00199",
        "250, 0.1, 225, 0.001",
        "250, 0.1, 250, 0.001",
        "300, 0.2, 150, 0.2",
        "300, 0.2, 151, 0.19835",
        "300, 0.2, 210, 0.101",
        "300, 0.2, 269, 0.00365",
        "300, 0.2, 270, 0.002",
        "300, 0.2, 300, 0.002"
    })
    void factor_followsTheMilestones(int epochs, double base, int epoch, double rate) {
        assertThat(base * new LearningRateSchedule(epochs, 5).factor(epoch)).isCloseTo(rate, within(1e-12));
    }

    @Test
    void factor_ofFewEpochs_stillHasEveryPhaseThatFits() {
        assertThat(factors(1, 5)).containsExactly(1);
        assertThat(factors(2, 5)).containsExactly(1, 0.01);
        assertThat(factors(12, 1)).startsWith(1, 1, 1, 1, 1, 1).endsWith(0.01, 0.01);
        assertThat(factors(12, 3)[0]).isEqualTo(0.01);
        assertThat(factors(12, 3)[1]).isCloseTo(0.505, within(1e-12));
        assertThat(factors(12, 3)[2]).isEqualTo(1);
        assertThat(factors(4, 100)).containsExactly(0.01, 1, 0.505, 0.01);
    }

    @Property
    void factor_isBetweenAHundredthAndOne_andOneSomewhere(
            @ForAll @IntRange(min = 1, max = 400) int epochs, @ForAll @IntRange(min = 0, max = 500) int warmup) {
        double[] factors = factors(epochs, warmup);
        assertThat(factors).contains(1);
        assertThat(DoubleStream.of(factors)).allMatch(factor -> factor >= 0.01 && factor <= 1);
    }

    @Test
    void factor_ofAnEpochOutsideTheRun_isAMistake() {
        LearningRateSchedule schedule = new LearningRateSchedule(10, 2);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> schedule.factor(0))
                .withMessageContaining("1 to 10");
        assertThatIllegalArgumentException().isThrownBy(() -> schedule.factor(11));
        assertThatIllegalArgumentException().isThrownBy(() -> new LearningRateSchedule(0, 2));
    }

    private static double[] factors(int epochs, int warmup) {
        LearningRateSchedule schedule = new LearningRateSchedule(epochs, warmup);
        double[] factors = new double[epochs];
        for (int epoch = 1; epoch <= epochs; epoch++) {
            factors[epoch - 1] = schedule.factor(epoch);
        }
        return factors;
    }
}
