package dev.polyphony.scoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TemperatureScalingTest {

    @ParameterizedTest
    @CsvSource({
        "0.75, 3.640956907, 1.018149928, 0.5623351446",
        "0.9, 1.820478453, 0.4181499279, 0.3250829734",
        "0.99, 0.8704887207, 0.05814992792, 0.05600153435"
    })
    void twoClasses_haveAClosedForm(double q, double temperature, double before, double after) {
        Predictions predictions = Vectors.twoClasses(4, q, 100);
        double[][] logs = predictions.pooledLogProbabilities();
        double fitted = TemperatureScaling.fit(logs, predictions.labels());
        assertThat(fitted).isCloseTo(temperature, within(1e-9));
        assertThat(Scores.nll(logs, predictions.labels())).isCloseTo(before, within(1e-9));
        assertThat(Scores.nll(TemperatureScaling.apply(logs, fitted), predictions.labels()))
                .isCloseTo(after, within(1e-9));
    }

    @Test
    void eightSamples_haveTheKnownTemperature_andScores() {
        double[][] logs = Vectors.logs(Vectors.EIGHT);
        double temperature = TemperatureScaling.fit(logs, Vectors.EIGHT_LABELS);
        double[][] scaled = TemperatureScaling.apply(logs, temperature);
        Scores scores = Scores.of(scaled, Vectors.EIGHT_LABELS);
        assertThat(temperature).isCloseTo(0.70420906, within(1e-7));
        assertThat(scores.nll()).isCloseTo(0.5678354056, within(1e-9));
        assertThat(scores.brier()).isCloseTo(0.3697209355, within(1e-9));
        assertThat(scores.ece()).isCloseTo(0.2814108203, within(1e-9));
        assertThat(exp(scaled[0]))
                .containsExactly(new double[] {0.8117549572, 0.137034667, 0.05121037583}, within(1e-7));
        assertThat(logs).isDeepEqualTo(Vectors.logs(Vectors.EIGHT));
    }

    @Test
    void anEnsemble_isPooled_thenScaled() {
        Predictions two = new Predictions(new double[][][] {{{2, 0, -1}}, {{0, 1, .5}}}, new int[] {0});
        assertThat(exp(TemperatureScaling.apply(two.pooledLogProbabilities(), 1.5)[0]))
                .containsExactly(new double[] {0.4546374437, 0.3243273194, 0.2210352369}, within(1e-9));
    }

    @Test
    void withoutAMinimumInside_theBoundIsReturned() {
        assertThat(fit(Vectors.twoClasses(4, 1, 10))).isEqualTo(TemperatureScaling.LOWEST);
        assertThat(fit(Vectors.twoClasses(4, 0.2, 10))).isEqualTo(TemperatureScaling.HIGHEST);
        assertThat(fit(Vectors.twoClasses(4, 0.5, 10))).isEqualTo(TemperatureScaling.HIGHEST);
        assertThat(fit(Vectors.twoClasses(4000, 0.75, 100))).isEqualTo(TemperatureScaling.HIGHEST);
        assertThat(fit(Vectors.twoClasses(0.001, 0.75, 100))).isEqualTo(TemperatureScaling.LOWEST);
    }

    @Test
    void uniformPredictions_keepTemperatureOne() {
        assertThat(fit(Vectors.twoClasses(0, 0.75, 100))).isEqualTo(1);
    }

    @Test
    void oneClass_keepsTemperatureOne() {
        assertThat(TemperatureScaling.fit(new double[][] {{0}}, new int[] {0})).isEqualTo(1);
    }

    @Property(tries = 200)
    void temperature_scalesWithTheLogits(
            @ForAll @DoubleRange(min = 0.1, max = 19) double a, @ForAll @DoubleRange(min = 0.55, max = 0.95) double q) {
        double share = Math.round(q * 100) / 100.0;
        assertThat(fit(Vectors.twoClasses(a, q, 100)) / a).isCloseTo(1 / Math.log(share / (1 - share)), within(1e-6));
    }

    @Property(tries = 50)
    void noTemperatureOfAGrid_isBetter(@ForAll long seed) {
        Random random = new Random(seed);
        double[][][] logits = new double[1][30][4];
        int[] labels = new int[30];
        double spread = Math.exp(3 * random.nextGaussian());
        for (int n = 0; n < 30; n++) {
            labels[n] = random.nextInt(4);
            for (int k = 0; k < 4; k++) {
                logits[0][n][k] = spread * (random.nextGaussian() + (k == labels[n] ? 1 : 0));
            }
        }
        double[][] logs = new Predictions(logits, labels).pooledLogProbabilities();
        double least = exactNll(logs, labels, TemperatureScaling.fit(logs, labels));
        for (double u = -2; u <= 2; u += 0.02) {
            assertThat(least).isLessThanOrEqualTo(exactNll(logs, labels, Math.pow(10, u)) * (1 + 1e-12));
        }
    }

    @Test
    void whatIsNoTemperature_isRefused() {
        for (double wrong : List.of(0.0, -1.0, Double.NaN, Double.POSITIVE_INFINITY)) {
            assertThatThrownBy(() -> TemperatureScaling.apply(new double[][] {{0}}, wrong))
                    .hasMessageContaining("positive and finite");
        }
    }

    private static double exactNll(double[][] logs, int[] labels, double temperature) {
        double[][] scaled = TemperatureScaling.apply(logs, temperature);
        double sum = 0;
        for (int n = 0; n < labels.length; n++) {
            sum -= scaled[n][labels[n]];
        }
        return sum / labels.length;
    }

    private static double fit(Predictions predictions) {
        return TemperatureScaling.fit(predictions.pooledLogProbabilities(), predictions.labels());
    }

    private static double[] exp(double[] logs) {
        return Arrays.stream(logs).map(Math::exp).toArray();
    }
}
