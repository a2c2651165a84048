package dev.polyphony.scoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class PredictiveEntropyTest {

    private static final Offset<Double> CLOSE = within(1e-9);

    @Test
    void theEight_haveTheKnownEntropies() {
        double[] entropies = PredictiveEntropy.of(Vectors.logs(Vectors.EIGHT));
        assertThat(Arrays.copyOf(entropies, 3))
                .containsExactly(new double[] {.8018185525, 1.048653789, .5181862131}, CLOSE);
        assertThat(Arrays.stream(entropies).average().orElseThrow()).isCloseTo(.7126574035, CLOSE);
    }

    @Test
    void anEnsemble_hasTheEntropyOfItsMean() {
        Predictions two = new Predictions(new double[][][] {{{2, 0, -1}}, {{0, 1, .5}}}, new int[] {0});
        double expected = 0;
        for (double p : new double[] {.5150592289, .3103377952, .1746029759}) {
            expected -= p * Math.log(p);
        }
        assertThat(PredictiveEntropy.of(two)).containsExactly(new double[] {expected}, CLOSE);
    }

    @Test
    void extremes_areExact() {
        double[][][] logits = {{{5000, 0}, {7, 7}}};
        assertThat(PredictiveEntropy.of(new Predictions(logits, new int[2]))).containsExactly(0, Math.log(2));
        assertThat(PredictiveEntropy.of(new double[][] {{0}})).containsExactly(0);
    }

    @Test
    void whatDoesNotFit_isNamed() {
        assertThatThrownBy(() -> PredictiveEntropy.of(new double[][] {{Double.NaN, 0}}))
                .hasMessageContaining("sample 0, class 0")
                .hasMessageContaining("NaN");
    }
}
