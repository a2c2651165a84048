package dev.polyphony.scoring.jacobians;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class SignalToNoiseTest {

    private static SignalToNoise of(double[]... gradients) {
        SignalToNoise result = new SignalToNoise(gradients[0].length);
        for (double[] gradient : gradients) {
            result.add(gradient);
        }
        return result;
    }

    @Test
    void ratio_isTheKnownOne() {
        SignalToNoise known = of(new double[] {1, 2}, new double[] {3, 2.5}, new double[] {2, 1.5});
        assertThat(known.ratio()).isCloseTo(3.0983867, within(1e-7));
        assertThat(known.squaredRatio()).isCloseTo(9.6, within(1e-12));
        assertThat(known.mean()).containsExactly(new double[] {2, 2}, within(1e-12));
        assertThat(known.variance()).isCloseTo(2.0 / 3 + .5 / 3, within(1e-12));
        assertThat(known.samples()).isEqualTo(3);
    }

    @Test
    void floats_countAsDoubles() {
        SignalToNoise floats = new SignalToNoise(2);
        floats.add(new float[] {1, 2});
        floats.add(new float[] {3, 2.5f});
        floats.add(new float[] {2, 1.5f});
        assertThat(floats.squaredRatio()).isCloseTo(9.6, within(1e-12));
    }

    @Property(tries = 100)
    void ratio_isThatOfTheDefinition(
            @ForAll long seed,
            @ForAll @IntRange(min = 2, max = 20) int samples,
            @ForAll @IntRange(min = 1, max = 9) int parameters) {
        Random random = new Random(seed);
        double[][] gradients = new double[samples][];
        for (int n = 0; n < samples; n++) {
            gradients[n] = random.doubles(parameters, -1, 2).toArray();
        }
        double signal = 0;
        double noise = 0;
        for (int i = 0; i < parameters; i++) {
            double sum = 0;
            double squares = 0;
            for (double[] gradient : gradients) {
                sum += gradient[i] / samples;
            }
            for (double[] gradient : gradients) {
                squares += (gradient[i] - sum) * (gradient[i] - sum);
            }
            signal += sum * sum;
            noise += squares / samples;
        }
        assertThat(of(gradients).ratio())
                .isCloseTo(Math.sqrt(signal / noise), within(1e-9 * Math.sqrt(signal / noise)));
    }

    @Test
    void aLargeMean_hidesNoNoise() {
        assertThat(of(new double[] {1e9 + 1}, new double[] {1e9 + 2}, new double[] {1e9 + 3})
                        .variance())
                .isCloseTo(2.0 / 3, within(1e-6));
    }

    @Test
    void equalGradients_haveNoNoise_andZeroOnes_noSignal() {
        assertThat(of(new double[] {.1, .2}, new double[] {.1, .2}).ratio()).isInfinite();
        assertThat(of(new double[] {0, 0}, new double[] {0, 0}).ratio()).isZero();
        assertThat(of(new double[] {1}, new double[] {-1}).ratio()).isZero();
    }

    @Test
    void manyGradients_areNotKept() {
        SignalToNoise large = new SignalToNoise(100_000);
        double[] gradient = new double[100_000];
        for (int n = 0; n < 100; n++) {
            gradient[n] = 1;
            large.add(gradient);
        }
        assertThat(large.samples()).isEqualTo(100);
        assertThat(large.mean()[0]).isCloseTo(1, within(1e-12));
        assertThat(large.mean()[99]).isCloseTo(.01, within(1e-12));
    }

    @Test
    void oneGradient_andWhatDoesNotFit_areRefused() {
        SignalToNoise one = of(new double[] {1, 2});
        assertThatThrownBy(one::ratio).isInstanceOf(IllegalStateException.class).hasMessageContaining("not 1");
        assertThatThrownBy(() -> one.add(new double[] {1})).hasMessageContaining("has 1 values, not 2");
        assertThatThrownBy(() -> one.add(new double[] {1, Double.NaN})).hasMessageContaining("NaN at parameter 1");
        assertThat(one.samples()).isEqualTo(1);
        assertThat(one.mean()).containsExactly(1, 2);
        assertThatThrownBy(() -> new SignalToNoise(0)).hasMessageContaining("not 0");
        assertThat(new SignalToNoise(1).variance()).isZero();
    }
}
