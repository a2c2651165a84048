package dev.polyphony.scoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class ScoresTest {

    private static final Offset<Double> CLOSE = within(1e-9);

    @Test
    void scores_ofEightSamples_areTheKnownOnes() {
        Scores scores = Scores.of(Vectors.logs(Vectors.EIGHT), Vectors.EIGHT_LABELS);
        assertThat(scores.accuracy()).isEqualTo(0.75);
        assertThat(scores.nll()).isCloseTo(0.5901752602, CLOSE);
        assertThat(scores.brier()).isCloseTo(0.36335, CLOSE);
        assertThat(scores.ece()).isCloseTo(0.28375, CLOSE);
    }

    @Test
    void equalProbabilities_predictTheLowestClass() {
        double[][] rows = Vectors.logs(new double[][] {{.2, .4, .4}, {.2, .4, .4}});
        assertThat(Scores.of(rows, new int[] {1, 2}).accuracy()).isEqualTo(0.5);
    }

    @Test
    void oneSample_right_andWrong() {
        double[][] row = {{0, -1000}};
        assertThat(Scores.of(row, new int[] {0})).satisfies(s -> {
            assertThat(s.accuracy()).isEqualTo(1);
            assertThat(s.nll()).isCloseTo(0, within(1e-11));
            assertThat(s.brier()).isZero();
            assertThat(s.ece()).isZero();
        });
        assertThat(Scores.of(row, new int[] {1})).satisfies(s -> {
            assertThat(s.accuracy()).isZero();
            assertThat(s.nll()).isCloseTo(-Math.log(1e-12), CLOSE);
            assertThat(s.brier()).isEqualTo(2);
            assertThat(s.ece()).isEqualTo(1);
        });
    }

    @Test
    void equalLogits_areUniform_andPredictTheFirstClass() {
        Predictions equal = new Predictions(new double[][][] {{{7, 7, 7, 7}, {0, 0, 0, 0}}}, new int[] {0, 3});
        Scores scores = Scores.of(equal.pooledLogProbabilities(), equal.labels());
        assertThat(scores.accuracy()).isEqualTo(0.5);
        assertThat(scores.nll()).isCloseTo(Math.log(4), CLOSE);
        assertThat(scores.brier()).isCloseTo(0.75, CLOSE);
        assertThat(scores.ece()).isCloseTo(0.25, CLOSE);
    }

    @Property(tries = 200)
    void scores_areThoseOfTheDefinitions(
            @ForAll long seed,
            @ForAll @IntRange(min = 1, max = 60) int samples,
            @ForAll @IntRange(min = 2, max = 6) int classes,
            @ForAll boolean oneClassInLabels) {
        Random random = new Random(seed);
        double[][][] logits = new double[1][samples][classes];
        int[] labels = new int[samples];
        for (int n = 0; n < samples; n++) {
            labels[n] = oneClassInLabels ? classes - 1 : random.nextInt(classes);
            for (int k = 0; k < classes; k++) {
                logits[0][n][k] = 2 * random.nextGaussian();
            }
        }
        Scores scores = Scores.of(new Predictions(logits, labels).pooledLogProbabilities(), labels);
        double[][] probabilities =
                Arrays.stream(logits[0]).map(ScoresTest::softmax).toArray(double[][]::new);
        double nll = 0;
        double brier = 0;
        double correct = 0;
        double[] gaps = new double[15];
        for (int n = 0; n < samples; n++) {
            double[] row = probabilities[n];
            nll -= Math.log(1e-12 + row[labels[n]]) / samples;
            double confidence = Arrays.stream(row).max().orElseThrow();
            boolean right = row[labels[n]] == confidence;
            correct += right ? 1 : 0;
            for (int k = 0; k < classes; k++) {
                brier += Math.pow(row[k] - (k == labels[n] ? 1 : 0), 2) / samples;
            }
            for (int k = 0; k < 15; k++) {
                boolean inside = confidence > k / 15.0 && confidence <= (k + 1) / 15.0;
                gaps[k] += inside ? (right ? 1 : 0) - confidence : 0;
            }
        }
        assertThat(scores.accuracy()).isCloseTo(correct / samples, CLOSE);
        assertThat(scores.nll()).isCloseTo(nll, CLOSE);
        assertThat(scores.brier()).isCloseTo(brier, CLOSE).isBetween(0.0, 2.0);
        assertThat(scores.ece()).isCloseTo(Arrays.stream(gaps).map(Math::abs).sum() / samples, CLOSE);
    }

    private static double[] softmax(double[] logits) {
        double sum = Arrays.stream(logits).map(Math::exp).sum();
        return Arrays.stream(logits).map(z -> Math.exp(z) / sum).toArray();
    }

    @Test
    void nll_isThatOfTheScores() {
        double[][] rows = Vectors.logs(Vectors.EIGHT);
        assertThat(Scores.nll(rows, Vectors.EIGHT_LABELS))
                .isEqualTo(Scores.of(rows, Vectors.EIGHT_LABELS).nll());
    }

    @Test
    void whatDoesNotFit_isNamed() {
        double[][] rows = Vectors.logs(new double[][] {{.5, .5}, {.5, .5}});
        assertThatThrownBy(() -> Scores.of(rows, new int[] {0})).hasMessageContaining("2 rows, 1 labels");
        assertThatThrownBy(() -> Scores.of(rows, new int[] {0, 2}))
                .hasMessageContaining("sample 1 is 2")
                .hasMessageContaining("2 classes");
        assertThatThrownBy(() -> Scores.of(new double[0][], new int[0])).hasMessageContaining("at least one");
        assertThatThrownBy(() -> Scores.of(new double[][] {{0, Double.NaN}}, new int[] {0}))
                .hasMessageContaining("sample 0, class 1");
        assertThatThrownBy(() -> Scores.of(new double[][] {{0, 0}}, new int[] {0}))
                .hasMessageContaining("sample 0 must add up to 1");
        assertThatThrownBy(() -> Scores.of(new double[][] {{0}, {0, -1}}, new int[] {0, 0}))
                .hasMessageContaining("Sample 1 has 2 classes");
        assertThatThrownBy(() -> new Scores(1.5, 0, 0, 0)).hasMessageContaining("accuracy 1.5");
    }
}
