package dev.polyphony.scoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

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
