package dev.polyphony.scoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.OptionalDouble;
import java.util.Random;
import org.junit.jupiter.api.Test;

class AssessmentTest {

    private static final Predictions TEST = random(3, 50, 4, 1);
    private static final Predictions VALIDATION = random(3, 40, 4, 2);

    private static Predictions random(int members, int samples, int classes, long seed) {
        Random random = new Random(seed);
        double[][][] logits = new double[members][samples][classes];
        int[] labels = random.ints(samples, 0, classes).toArray();
        for (double[][] member : logits) {
            for (int n = 0; n < samples; n++) {
                for (int k = 0; k < classes; k++) {
                    member[n][k] = 3 * random.nextGaussian() + (k == labels[n] ? 2 : 0);
                }
            }
        }
        return new Predictions(logits, labels);
    }

    @Test
    void withoutValidation_nothingIsCalibrated() {
        Assessment assessment = Assessment.of(TEST, null);
        assertThat(assessment.temperature()).isEmpty();
        assertThat(assessment.calibrated()).isEmpty();
        assertThat(assessment.perMemberCalibrated()).isEmpty();
        assertThat(assessment.reliabilityCalibrated()).isEmpty();
        assertThat(assessment.standard()).isEqualTo(Scores.of(TEST.pooledLogProbabilities(), TEST.labels()));
        assertThat(assessment.perMember())
                .hasSize(3)
                .element(2)
                .isEqualTo(Scores.of(TEST.member(2).pooledLogProbabilities(), TEST.labels()));
        assertThat(assessment.meanKld()).isEqualTo(Diversity.meanKld(TEST)).isPositive();
        assertThat(assessment.disagreement())
                .isEqualTo(Diversity.disagreement(TEST))
                .isPositive();
        assertThat(assessment.mutualInformation())
                .isEqualTo(Diversity.mutualInformation(TEST))
                .isPositive();
        assertThat(assessment.reliability()).hasSize(15);
        assertThat(assessment.calibrationErrors())
                .isEqualTo(CalibrationErrors.of(TEST.pooledLogProbabilities(), TEST.labels()));
        assertThat(assessment.calibrationErrorsCalibrated()).isEmpty();
        assertThat(assessment.riskCoverageArea())
                .isEqualTo(RiskCoverage.of(TEST.pooledLogProbabilities(), TEST.labels())
                        .area());
        assertThat(assessment.riskCoverageAreaCalibrated()).isEmpty();
        assertThat(assessment.diversityBins()).isEqualTo(Diversity.bins(TEST, 15));
        assertThat(new int[] {assessment.members(), assessment.samples(), assessment.classes()})
                .containsExactly(3, 50, 4);
    }

    @Test
    void temperature_isOfTheValidationSplit_andOneForThePool() {
        Assessment assessment = Assessment.of(TEST, VALIDATION);
        double temperature = TemperatureScaling.fit(VALIDATION.pooledLogProbabilities(), VALIDATION.labels());
        double[][] scaled = TemperatureScaling.apply(TEST.pooledLogProbabilities(), temperature);
        assertThat(assessment.temperature()).isEqualTo(OptionalDouble.of(temperature));
        assertThat(assessment.calibrated()).contains(Scores.of(scaled, TEST.labels()));
        assertThat(assessment.reliabilityCalibrated())
                .isEqualTo(ReliabilityBins.of(scaled, TEST.labels()).bins());
        assertThat(assessment.calibrationErrorsCalibrated()).contains(CalibrationErrors.of(scaled, TEST.labels()));
        assertThat(assessment.riskCoverageAreaCalibrated())
                .hasValue(RiskCoverage.of(scaled, TEST.labels()).area());
        assertThat(assessment.standard()).isEqualTo(Assessment.of(TEST, null).standard());
    }

    @Test
    void eachMember_hasItsOwnTemperature() {
        Assessment assessment = Assessment.of(TEST, VALIDATION);
        for (int m = 0; m < 3; m++) {
            assertThat(assessment.perMemberCalibrated().get(m))
                    .isEqualTo(Assessment.of(TEST.member(m), VALIDATION.member(m))
                            .calibrated()
                            .orElseThrow());
        }
    }

    @Test
    void oneSample_ofOneMember_isAssessed() {
        Predictions one = new Predictions(new double[][][] {{{1, 0}}}, new int[] {0});
        Assessment assessment = Assessment.of(one, one);
        assertThat(assessment.standard().nll()).isCloseTo(Math.log1p(Math.exp(-1)), within(1e-9));
        assertThat(assessment.temperature()).hasValue(TemperatureScaling.LOWEST);
        assertThat(assessment.meanKld()).isZero();
    }

    @Test
    void splitsOfDifferentModels_areRefused() {
        assertThatThrownBy(() -> Assessment.of(TEST, random(2, 40, 4, 2)))
                .hasMessageContaining("2 members and 4 classes")
                .hasMessageContaining("3 and 4");
        assertThatThrownBy(() -> Assessment.of(TEST, random(3, 40, 5, 2))).hasMessageContaining("5 classes");
    }

    @Test
    void aHundredClasses_ofTenThousandSamples_areAssessed() {
        Predictions large = random(4, 10_000, 100, 3);
        Assessment assessment = Assessment.of(large, large);
        assertThat(assessment.calibrated().orElseThrow().nll())
                .isLessThan(assessment.standard().nll());
        assertThat(assessment.reliability().stream()
                        .mapToLong(ReliabilityBins.Bin::count)
                        .sum())
                .isEqualTo(10_000);
    }
}
