package dev.polyphony.scoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DeepEnsembleEquivalentTest {

    private static final Predictions TEST = new Predictions(
            new double[][][] {{{2, 0}, {0, 1}, {1, 0}}, {{1, 0}, {3, 0}, {2, 1}}, {{0, 2}, {0, 1}, {5, 0}}},
            new int[] {0, 1, 0});
    private static final Predictions VALIDATION = new Predictions(
            new double[][][] {
                {{2, 0}, {0, 1}, {1, 0}, {3, 0}}, {{1, 0}, {3, 0}, {2, 1}, {0, 1}}, {{0, 2}, {0, 1}, {5, 0}, {1, 0}}
            },
            new int[] {0, 1, 0, 1});

    @ParameterizedTest
    @CsvSource({
        ".750, 1.481481",
        ".760, 1.358025",
        ".682, 2.742857",
        ".665, 3.444444",
        ".80, 1",
        ".789, 1",
        ".708, 2",
        ".655, 4",
        ".60, 4"
    })
    void equivalent_isInterpolated_andCapped(double nll, double members) {
        assertThat(new DeepEnsembleEquivalent(new double[] {.789, .708, .673, .655}).of(nll))
                .isCloseTo(members, within(1e-6));
    }

    @Test
    void aCurveThatRises_givesTheSmallestSize() {
        DeepEnsembleEquivalent rising = new DeepEnsembleEquivalent(new double[] {.8, .6, .7, .5});
        assertThat(rising.of(.65)).isCloseTo(1.75, within(1e-12));
        assertThat(rising.of(.55)).isCloseTo(3.75, within(1e-12));
    }

    @Test
    void oneEnsemble_isAlwaysOne() {
        assertThat(new DeepEnsembleEquivalent(new double[] {.5}).of(.1)).isEqualTo(1);
    }

    @Test
    void curve_isTheMeanOverSubsets() {
        assertThat(DeepEnsembleEquivalent.curve(TEST))
                .containsExactly(
                        new double[] {
                            (nll(0) + nll(1) + nll(2)) / 3, (nll(0, 1) + nll(0, 2) + nll(1, 2)) / 3, nll(0, 1, 2)
                        },
                        within(1e-12));
    }

    @Test
    void calibratedCurve_fitsEachSubset() {
        assertThat(DeepEnsembleEquivalent.calibratedCurve(TEST, VALIDATION))
                .containsExactly(
                        new double[] {
                            (calibrated(0) + calibrated(1) + calibrated(2)) / 3,
                            (calibrated(0, 1) + calibrated(0, 2) + calibrated(1, 2)) / 3,
                            calibrated(0, 1, 2)
                        },
                        within(1e-12));
    }

    @Test
    void subsets_areAll_upToSeventy() {
        assertThat(Subsets.of(8, 4))
                .hasSize(70)
                .startsWith(new int[] {0, 1, 2, 3})
                .doesNotHaveDuplicates();
        assertThat(Subsets.of(9, 4)).containsExactly(new int[] {0, 1, 2, 3});
        assertThat(Subsets.of(70, 1)).hasSize(70);
        assertThat(Subsets.of(71, 1)).hasSize(1);
        assertThat(Subsets.of(5, 5)).hasSize(1);
        assertThat(Subsets.of(3, 2)).containsExactly(new int[] {0, 1}, new int[] {0, 2}, new int[] {1, 2});
    }

    @Test
    void whatDoesNotFit_isRefused() {
        assertThatThrownBy(() -> new DeepEnsembleEquivalent(new double[0])).hasMessageContaining("at least one");
        assertThatThrownBy(() -> new DeepEnsembleEquivalent(new double[] {1, Double.NaN}))
                .hasMessageContaining("NaN");
        assertThatThrownBy(() -> new DeepEnsembleEquivalent(new double[] {1}).of(Double.NaN))
                .hasMessageContaining("number");
        assertThatThrownBy(() -> DeepEnsembleEquivalent.calibratedCurve(TEST, VALIDATION.first(2)))
                .hasMessageContaining("2 members");
    }

    private static double nll(int... members) {
        return Scores.of(TEST.subset(members).pooledLogProbabilities(), TEST.labels())
                .nll();
    }

    private static double calibrated(int... members) {
        return Assessment.of(TEST.subset(members), VALIDATION.subset(members))
                .calibrated()
                .orElseThrow()
                .nll();
    }
}
