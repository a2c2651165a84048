package dev.polyphony.figures;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class AxesTest {

    @Test
    void step_isNextOfOneTwoFiveTimesPowerOfTen() {
        assertThat(Axes.roundStep(0.125)).isEqualTo(0.2);
        assertThat(Axes.roundStep(0.1)).isEqualTo(0.1);
        assertThat(Axes.roundStep(2.1)).isEqualTo(5);
        assertThat(Axes.roundStep(6)).isEqualTo(10);
    }

    @Test
    void logarithmicAxis_labelsPowersOfTenOfWideRange() {
        assertThat(labels(true, 1e-7, 1e3))
                .contains("1E-6", "0.001", "1", "1,000")
                .doesNotContain("0.5");
    }

    @Test
    void logarithmicAxis_labelsTwoAndFiveOfNarrowRange() {
        assertThat(labels(true, 0.05, 2)).contains("0.05", "0.1", "0.2", "0.5", "1", "2");
        assertThat(labels(true, 0.11, 0.66)).contains("0.2", "0.3", "0.5");
        assertThat(labels(true, 0.30, 0.34)).contains("0.30", "0.32", "0.34");
    }

    @Property(tries = 40)
    void axis_hasTwoToTenLabelsWhateverTheValues(
            @ForAll boolean logarithmic,
            @ForAll @DoubleRange(min = -9, max = 9) double exponent,
            @ForAll @IntRange(min = 0, max = 16) int spread) {
        double low = Math.pow(10, exponent);
        double high = low * (1 + Math.pow(10, spread - 12.0));
        int labels = labels(logarithmic, low, high).size() - FIXED_TEXTS;
        assertThat(labels).isBetween(2, 10);
    }

    /** The legend, two names of axes, and the horizontal axis with its epochs 1 and 2. */
    private static final int FIXED_TEXTS = 5;

    private static List<String> labels(boolean logarithmic, double low, double high) {
        double[][] runs = {{low, high}};
        Figure figure = TrainingCurves.of(
                List.of(new TrainingCurves.Panel("loss", logarithmic, List.of(new TrainingCurves.Curve("KD", runs)))));
        return Drawn.of(figure).texts();
    }
}
