package dev.polyphony.scoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class CalibrationErrorsTest {

    private static final double[][] EIGHT = Vectors.logs(Vectors.EIGHT);

    @Test
    void adaptiveBins_ofTheEight_areThoseWorkedByHand() {
        assertThat(AdaptiveBins.of(EIGHT, Vectors.EIGHT_LABELS, 4).ece()).isCloseTo(.20875, within(1e-12));
        assertThat(AdaptiveBins.of(EIGHT, Vectors.EIGHT_LABELS, 3).ece()).isCloseTo(.06625, within(1e-12));
        assertThat(AdaptiveBins.of(EIGHT, Vectors.EIGHT_LABELS, 3).bins())
                .extracting(ReliabilityBins.Bin::count)
                .containsExactly(2L, 3L, 3L);
    }

    @Test
    void fewerSamplesThanBins_leaveSomeEmpty() {
        AdaptiveBins bins = AdaptiveBins.of(EIGHT, Vectors.EIGHT_LABELS);
        assertThat(bins.bins())
                .hasSize(15)
                .filteredOn(b -> b.count() == 0)
                .hasSize(7)
                .containsOnly(new ReliabilityBins.Bin(0, 0, 0));
        assertThat(bins.ece()).isCloseTo(.35875, within(1e-12));
    }

    @Test
    void equalConfidences_countWithTheirMean_onBothSidesOfAnEdge() {
        double[][] rows = Vectors.logs(new double[][] {{.8, .2}, {.8, .2}, {.8, .2}, {.8, .2}});
        AdaptiveBins bins = AdaptiveBins.of(rows, new int[] {0, 1, 1, 1}, 2);
        assertThat(bins.bins())
                .extracting(ReliabilityBins.Bin::count, ReliabilityBins.Bin::accuracy)
                .containsOnly(tuple(2L, .25));
        assertThat(bins.ece()).isCloseTo(.55, within(1e-12));
    }

    @Test
    void classwise_isWorkedByHand() {
        double[][] rows = Vectors.logs(new double[][] {{.7, .3}, {.6, .4}});
        int[] labels = {0, 1};
        assertThat(CalibrationErrors.classwise(rows, labels, 1)).isCloseTo(.15, within(1e-12));
        assertThat(CalibrationErrors.classwise(rows, labels, 2)).isCloseTo(.15, within(1e-12));
        assertThat(CalibrationErrors.classwise(rows, labels, 10)).isCloseTo(.45, within(1e-12));
    }

    @Test
    void oneSample_missesByWhatItLacks_fromCertainty() {
        double[][] rows = Vectors.logs(new double[][] {{.7, .2, .1}});
        CalibrationErrors errors = CalibrationErrors.of(rows, new int[] {0});
        assertThat(errors.expected()).isCloseTo(.3, within(1e-12));
        assertThat(errors.adaptive()).isCloseTo(.3, within(1e-12));
        assertThat(errors.classwise()).isCloseTo((.3 + .2 + .1) / 3, within(1e-12));
    }

    @Test
    void oneClass_isAlwaysRight() {
        assertThat(CalibrationErrors.of(new double[][] {{0}, {0}}, new int[] {0, 0}))
                .isEqualTo(new CalibrationErrors(0, 0, 0));
    }

    @Test
    void scaling_changesTheDiagram_butNotItsCounts() {
        double[][] scaled = TemperatureScaling.apply(EIGHT, TemperatureScaling.fit(EIGHT, Vectors.EIGHT_LABELS));
        ReliabilityBins after = ReliabilityBins.of(scaled, Vectors.EIGHT_LABELS);
        assertThat(CalibrationErrors.of(EIGHT, Vectors.EIGHT_LABELS).expected()).isCloseTo(.28375, within(1e-9));
        assertThat(CalibrationErrors.of(scaled, Vectors.EIGHT_LABELS).expected())
                .isEqualTo(after.ece())
                .isCloseTo(.2814108203, within(1e-6));
        assertThat(after.samples()).isEqualTo(8);
        for (int k = 0; k < 15; k++) {
            ReliabilityBins.Bin bin = after.bins().get(k);
            assertThat(bin.gap()).isEqualTo(bin.confidence() - bin.accuracy());
            assertThat(bin.count() == 0
                            || (bin.confidence() > ReliabilityBins.edge(k)
                                    && bin.confidence() <= ReliabilityBins.edge(k + 1)))
                    .isTrue();
        }
        assertThatThrownBy(() -> ReliabilityBins.edge(16)).hasMessageContaining("16");
    }

    @Property(tries = 200)
    void allThree_areThoseOfTheDefinition(
            @ForAll long seed,
            @ForAll @IntRange(min = 1, max = 30) int samples,
            @ForAll @IntRange(min = 1, max = 4) int classes,
            @ForAll @IntRange(min = 1, max = 7) int bins) {
        Random random = new Random(seed);
        double[][] rows = new double[samples][];
        int[] labels = random.ints(samples, 0, classes).toArray();
        for (int n = 0; n < samples; n++) {
            // Few different logits, so that many confidences tie.
            rows[n] = LogProbabilities.logSoftmax(
                    random.ints(classes, 0, 3).asDoubleStream().toArray(), 1);
        }
        assertThat(CalibrationErrors.classwise(rows, labels, bins))
                .isCloseTo(slowClasswise(rows, labels, bins), within(1e-12));
        assertThat(AdaptiveBins.of(rows, labels, bins).ece())
                .isCloseTo(slowAdaptive(rows, labels, bins), within(1e-12));
    }

    private static double slowClasswise(double[][] rows, int[] labels, int bins) {
        double error = 0;
        for (int k = 0; k < rows[0].length; k++) {
            for (int bin = 0; bin < bins; bin++) {
                int count = 0;
                double frequency = 0;
                double probability = 0;
                for (int n = 0; n < rows.length; n++) {
                    double p = Math.exp(rows[n][k]);
                    boolean above = bin == 0 || p > (double) bin / bins + 1e-11;
                    if (above && (bin == bins - 1 || p <= (bin + 1.0) / bins + 1e-11)) {
                        count++;
                        frequency += labels[n] == k ? 1 : 0;
                        probability += p;
                    }
                }
                error += count == 0
                        ? 0
                        : (double) count / rows.length * Math.abs(frequency / count - probability / count);
            }
        }
        return error / rows[0].length;
    }

    /** Ranks are counted, not sorted; a tie's accuracy is the mean over the tie. */
    private static double slowAdaptive(double[][] rows, int[] labels, int bins) {
        int samples = rows.length;
        double[] gaps = new double[bins];
        for (int n = 0; n < samples; n++) {
            double own = Math.exp(Arrays.stream(rows[n]).max().orElseThrow());
            int before = 0;
            int tied = 0;
            double right = 0;
            for (int other = 0; other < samples; other++) {
                double confidence = Math.exp(Arrays.stream(rows[other]).max().orElseThrow());
                before += confidence < own || (confidence == own && other < n) ? 1 : 0;
                tied += confidence == own ? 1 : 0;
                right += confidence == own && LogProbabilities.argmax(rows[other]) == labels[other] ? 1 : 0;
            }
            int bin = 0;
            while ((bin + 1) * samples / bins <= before) {
                bin++;
            }
            gaps[bin] += right / tied - own;
        }
        return Arrays.stream(gaps).map(Math::abs).sum() / samples;
    }

    @Test
    void whatDoesNotFit_isNamed() {
        double[][] nan = {{Math.log(.5), Math.log(.5)}, {Double.NaN, 0}};
        assertThatThrownBy(() -> CalibrationErrors.of(nan, new int[2]))
                .hasMessage("Log-probability of sample 1, class 0 must be finite, but is NaN");
        assertThatThrownBy(() -> AdaptiveBins.of(nan, new int[2])).hasMessageContaining("sample 1, class 0");
        assertThatThrownBy(() -> CalibrationErrors.classwise(nan, new int[2], 15))
                .hasMessageContaining("sample 1, class 0");
        assertThatThrownBy(() -> AdaptiveBins.of(EIGHT, Vectors.EIGHT_LABELS, 0))
                .hasMessageContaining("not 0");
        assertThatThrownBy(() -> CalibrationErrors.classwise(EIGHT, Vectors.EIGHT_LABELS, 0))
                .hasMessageContaining("not 0");
        assertThatThrownBy(() -> new CalibrationErrors(0, Double.NaN, 0)).hasMessageContaining("adaptive");
        assertThatThrownBy(() -> new AdaptiveBins(List.of())).hasMessageContaining("one bin");
    }
}
