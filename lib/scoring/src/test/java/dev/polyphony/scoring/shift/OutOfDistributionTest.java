package dev.polyphony.scoring.shift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.polyphony.scoring.Predictions;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class OutOfDistributionTest {

    private static final Offset<Double> CLOSE = within(1e-12);
    private static final double[] IN = {.1, .2, .3, .4};
    private static final double[] OUT = {.25, .4, .6};

    @Test
    void rates_areWorkedByHand_withATie() {
        OutOfDistribution result = OutOfDistribution.of(IN, OUT, 2, 2);
        assertThat(result.meanEntropyIn()).isCloseTo(.25, CLOSE);
        assertThat(result.meanEntropyOut()).isCloseTo(1.25 / 3, CLOSE);
        assertThat(result.auroc()).isCloseTo(9.5 / 12, CLOSE);
        assertThat(result.auprIn()).isCloseTo((1 + 1 + 3.0 / 4 + 4.0 / 6) / 4, CLOSE);
        assertThat(result.auprOut()).isCloseTo((1 + 2.0 / 3 + 3.0 / 5) / 3, CLOSE);
        assertThat(result.fpr95In()).isCloseTo(2.0 / 3, CLOSE);
        assertThat(result.fpr95Out()).isCloseTo(.5, CLOSE);
        assertThat(result.entropiesIn().counts()).containsExactly(3L, 1L);
        assertThat(result.entropiesOut().counts()).containsExactly(1L, 2L);
        assertThat(result.entropiesIn().edges())
                .isEqualTo(result.entropiesOut().edges())
                .containsExactly(0.0, Math.log(2) / 2, Math.log(2));
    }

    @Test
    void swappingTheTwo_swapsTheRates() {
        OutOfDistribution result = OutOfDistribution.of(IN, OUT, 2, 2);
        double[] mirroredIn = {.9 - .25, .9 - .4, .9 - .6};
        double[] mirroredOut = {.9 - .1, .9 - .2, .9 - .3, .9 - .4};
        OutOfDistribution mirrored = OutOfDistribution.of(mirroredIn, mirroredOut, 3, 2);
        assertThat(mirrored.auroc()).isCloseTo(result.auroc(), CLOSE);
        assertThat(mirrored.auprIn()).isCloseTo(result.auprOut(), CLOSE);
        assertThat(mirrored.fpr95In()).isCloseTo(result.fpr95Out(), CLOSE);
    }

    @Test
    void theSameData_cannotBeTold() {
        OutOfDistribution result = OutOfDistribution.of(new double[] {.5, .5}, new double[] {.5}, 2, 5);
        assertThat(result.auroc()).isEqualTo(.5);
        assertThat(result.auprIn()).isCloseTo(2.0 / 3, CLOSE);
        assertThat(result.auprOut()).isCloseTo(1.0 / 3, CLOSE);
        assertThat(result.fpr95In()).isEqualTo(1);
        assertThat(result.fpr95Out()).isEqualTo(1);
    }

    @Test
    void predictions_areComparedByTheirPooledEntropy_oneSampleEach() {
        Predictions sure = new Predictions(new double[][][] {{{9, 0}}, {{8, 0}}}, new int[1]);
        Predictions unsure = new Predictions(new double[][][] {{{9, 0}}, {{0, 9}}}, new int[1]);
        OutOfDistribution result = OutOfDistribution.of(sure, unsure);
        assertThat(result.auroc()).isEqualTo(1);
        assertThat(result.fpr95In()).isZero();
        assertThat(result.meanEntropyOut()).isCloseTo(Math.log(2), CLOSE);
        assertThat(result.entropiesOut().counts())
                .hasSize(OutOfDistribution.BINS)
                .element(49)
                .isEqualTo(1L);
    }

    @Test
    void whatDoesNotFit_isRefused() {
        Predictions two = new Predictions(new double[][][] {{{0, 0}}}, new int[1]);
        Predictions three = new Predictions(new double[][][] {{{0, 0, 0}}}, new int[1]);
        Predictions one = new Predictions(new double[][][] {{{0}}}, new int[1]);
        assertThatThrownBy(() -> OutOfDistribution.of(two, three))
                .hasMessageContaining("2 classes")
                .hasMessageContaining("1 and 3");
        assertThatThrownBy(() -> OutOfDistribution.of(one, one)).hasMessageContaining("fewer than 2 classes");
        assertThatThrownBy(() -> OutOfDistribution.of(IN, new double[] {Double.NaN}, 2, 5))
                .hasMessageContaining("NaN");
        assertThatThrownBy(() -> OutOfDistribution.of(IN, new double[] {1}, 2, 5))
                .hasMessageContaining("Value 1.0 is not in");
        assertThatThrownBy(() -> OutOfDistribution.of(IN, new double[0], 2, 5)).hasMessageContaining("at least one");
    }
}
