package dev.polyphony.scoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class PredictionsTest {

    private static final Predictions TWO =
            new Predictions(new double[][][] {{{2, 0, -1}}, {{0, 1, .5}}}, new int[] {0});

    @Test
    void pooled_isTheLogarithmOfTheMeanProbability() {
        assertThat(TWO.pooledLogProbabilities()[0])
                .containsExactly(new double[] {-.6634733774, -1.170093913, -1.745240591}, within(1e-9));
    }

    @Test
    void pooled_isFinite_whereProbabilitiesVanish() {
        Predictions certain = new Predictions(new double[][][] {{{0, 5000}}, {{0, 6000}}}, new int[] {0});
        assertThat(certain.pooledLogProbabilities()[0][0]).isCloseTo(-5000 - Math.log(2), within(1e-9));
    }

    @Test
    void largestLogits_giveFiniteLogarithms() {
        Predictions far = new Predictions(new double[][][] {{{1e300, -1e300}}}, new int[] {1});
        assertThat(far.pooledLogProbabilities()[0]).containsExactly(0, -2e300);
    }

    @Test
    void members_areTakenOneByOne_orTheFirstOnes() {
        assertThat(TWO.members()).isEqualTo(2);
        assertThat(TWO.samples()).isEqualTo(1);
        assertThat(TWO.classes()).isEqualTo(3);
        assertThat(TWO.member(1).pooledLogProbabilities()[0])
                .containsExactly(LogProbabilities.logSoftmax(new double[] {0, 1, .5}, 1));
        assertThat(TWO.first(1).pooledLogProbabilities())
                .isDeepEqualTo(TWO.member(0).pooledLogProbabilities());
        assertThat(TWO.first(2).pooledLogProbabilities()).isDeepEqualTo(TWO.pooledLogProbabilities());
        assertThatThrownBy(() -> TWO.member(2)).hasMessageContaining("no member 2");
        assertThatThrownBy(() -> TWO.first(0)).hasMessageContaining("not 0");
    }

    @Test
    void changingWhatWasGiven_orReturned_changesNothing() {
        double[][][] logits = {{{1, 2}}};
        int[] labels = {1};
        Predictions predictions = new Predictions(logits, labels);
        double[][] before = predictions.pooledLogProbabilities();
        logits[0][0][0] = 9;
        labels[0] = 0;
        predictions.labels()[0] = 0;
        predictions.pooledLogProbabilities()[0][0] = 7;
        assertThat(predictions.labels()).containsExactly(1);
        assertThat(predictions.pooledLogProbabilities()).isDeepEqualTo(before);
    }

    @Test
    void whatDoesNotFit_isNamed() {
        refused(new double[][][] {{{0, 0}}, {{0, Double.NaN}}}, "member 1, sample 0, class 1", 0);
        refused(new double[][][] {{{0, Double.POSITIVE_INFINITY}}}, "member 0, sample 0, class 1", 0);
        refused(new double[][][] {{{0, 0}, {0}}}, "Member 0, sample 1 has 1 classes", 0, 0);
        refused(new double[][][] {{{0, 0}}, {{0, 0}, {0, 0}}}, "Member 1 has 2 samples", 0);
        refused(new double[][][] {{{0, 0}}}, "sample 0 is 2", 2);
        refused(new double[][][] {{{0, 0}}}, "sample 0 is -1", -1);
        refused(new double[0][][], "at least one member", 0);
        refused(new double[][][] {{}}, "at least one");
        refused(new double[][][] {{{}}}, "at least one is needed", 0);
    }

    private static void refused(double[][][] logits, String message, int... labels) {
        assertThatThrownBy(() -> new Predictions(logits, labels))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message);
    }
}
