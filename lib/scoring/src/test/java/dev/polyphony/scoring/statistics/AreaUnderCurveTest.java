package dev.polyphony.scoring.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.NotEmpty;
import org.junit.jupiter.api.Test;

class AreaUnderCurveTest {

    @Test
    void aTie_countsHalf() {
        assertThat(AreaUnderCurve.of(new double[] {.9, .8, .55, .4}, new double[] {.7, .5, .4, .1}))
                .isEqualTo(0.78125);
    }

    @Property(tries = 200)
    void area_isTheShareOfPairs(
            @ForAll @NotEmpty List<@IntRange(min = -3, max = 3) Integer> positives,
            @ForAll @NotEmpty List<@IntRange(min = -3, max = 3) Integer> negatives) {
        double wins = 0;
        for (int p : positives) {
            for (int n : negatives) {
                wins += (Integer.signum(p - n) + 1) / 2.0;
            }
        }
        assertThat(AreaUnderCurve.of(doubles(positives), doubles(negatives)))
                .isCloseTo(wins / positives.size() / negatives.size(), within(1e-12));
    }

    @Test
    void nothing_andNaN_areRefused() {
        assertThatThrownBy(() -> AreaUnderCurve.of(new double[0], new double[] {1}))
                .hasMessageContaining("at least one");
        assertThatThrownBy(() -> AreaUnderCurve.of(new double[] {1}, new double[] {Double.NaN}))
                .hasMessageContaining("NaN");
    }

    private static double[] doubles(List<Integer> values) {
        return values.stream().mapToDouble(v -> v).toArray();
    }
}
