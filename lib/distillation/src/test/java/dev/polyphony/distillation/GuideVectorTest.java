package dev.polyphony.distillation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class GuideVectorTest {

    @Test
    void draw_isAFunctionOfSeedAndStep() {
        float[] guide = GuideVector.draw(7, 3, 4, 10);
        assertThat(GuideVector.draw(7, 3, 4, 10)).isEqualTo(guide);
        assertThat(GuideVector.draw(7, 4, 4, 10)).isNotEqualTo(guide);
        assertThat(GuideVector.draw(8, 3, 4, 10)).isNotEqualTo(guide);
        assertThat(GuideVector.draw(7, 3, 2, 10)).isEqualTo(java.util.Arrays.copyOf(guide, 20));
    }

    @Test
    void draw_isUniformFromMinusOneToOne() {
        float[] guide = GuideVector.draw(1, 0, 10_000, 10);
        double[] values =
                IntStream.range(0, guide.length).mapToDouble(i -> guide[i]).toArray();
        assertThat(DoubleStream.of(values)).allMatch(value -> value >= -1 && value < 1);
        // standard errors: 0.0018 of the mean, 0.0009 of the mean square
        assertThat(IntStream.range(0, values.length)
                        .mapToDouble(i -> values[i])
                        .average()
                        .orElseThrow())
                .isCloseTo(0, within(0.01));
        assertThat(IntStream.range(0, values.length)
                        .mapToDouble(i -> values[i] * values[i])
                        .average()
                        .orElseThrow())
                .isCloseTo(1.0 / 3, within(0.005));
    }
}
