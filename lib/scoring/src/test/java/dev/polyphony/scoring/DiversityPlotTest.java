package dev.polyphony.scoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.polyphony.scoring.statistics.BoxStatistics;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class DiversityPlotTest {

    private static final Offset<Double> CLOSE = within(1e-9);
    private static final double[][] FIRST = {{.7, .2, .1}, {.5, .3, .2}, {.6, .1, .3}};
    private static final double[][] SECOND = {{.99, .005, .005}, {.98, .01, .01}, {.995, .003, .002}};

    @Test
    void boxes_areOfAllOrderedPairs() {
        DiversityPlot plot = DiversityPlot.of(Vectors.samples(FIRST, SECOND), 10);
        assertThat(plot.meanKld()).isCloseTo(.06603907646, CLOSE);
        DiversityPlot.Bin bin = plot.bins().get(4);
        assertThat(bin.low()).isEqualTo(.4);
        assertThat(bin.high()).isEqualTo(.5);
        assertThat(bin.samples()).isEqualTo(1);
        BoxStatistics box = bin.divergences();
        assertThat(box.count()).isEqualTo(6);
        assertThat(box.min()).isCloseTo(.08512282596, CLOSE);
        assertThat(box.q1()).isCloseTo(.09203285023 + (.1211712376 - .09203285023) / 4, CLOSE);
        assertThat(box.median()).isCloseTo((.1211712376 + .1366736831) / 2, CLOSE);
        assertThat(box.q3()).isCloseTo(.1366736831 + .75 * (.1573298866 - .1366736831), CLOSE);
        assertThat(box.max()).isCloseTo(.1677785606, CLOSE);
        assertThat(box.mean()).isCloseTo(.1266848407, CLOSE);
        assertThat(plot.bins().get(9).divergences().mean()).isCloseTo(.005393312224, CLOSE);
    }

    @Test
    void emptyBins_areZero_andTheirNumberIsAChoice() {
        DiversityPlot plot = DiversityPlot.of(Vectors.samples(FIRST));
        assertThat(plot.bins())
                .hasSize(15)
                .filteredOn(bin -> bin.samples() == 0)
                .hasSize(14)
                .extracting(DiversityPlot.Bin::divergences)
                .containsOnly(BoxStatistics.of(new double[0]));
        assertThat(DiversityPlot.of(Vectors.samples(FIRST), 1).bins()).hasSize(1);
        assertThatThrownBy(() -> DiversityPlot.of(Vectors.samples(FIRST), 0)).hasMessageContaining("not 0");
    }

    @Test
    void oneMember_hasSamples_butNoPairs() {
        DiversityPlot plot = DiversityPlot.of(Vectors.samples(FIRST, SECOND).first(1), 2);
        assertThat(plot.meanKld()).isZero();
        assertThat(plot.bins().get(1).samples()).isEqualTo(2);
        assertThat(plot.bins().get(1).divergences().count()).isZero();
    }

    @Property(tries = 100)
    void plot_isThatOfTheDefinition(
            @ForAll long seed,
            @ForAll @IntRange(min = 2, max = 4) int members,
            @ForAll @IntRange(min = 1, max = 16) int bins) {
        double[][][] probabilities = random(seed, members);
        Predictions predictions = Vectors.samples(probabilities);
        DiversityPlot plot = DiversityPlot.of(predictions, bins);
        double weighted = 0;
        for (int k = 0; k < bins; k++) {
            List<Double> expected = new ArrayList<>();
            for (double[][] sample : probabilities) {
                if (binOf(sample, bins) == k) {
                    expected.addAll(pairs(sample));
                }
            }
            BoxStatistics box = plot.bins().get(k).divergences();
            assertThat(box.count()).isEqualTo(expected.size());
            assertThat(box.mean())
                    .isCloseTo(expected.stream().mapToDouble(v -> v).average().orElse(0), CLOSE);
            assertThat(box.max())
                    .isCloseTo(expected.stream().mapToDouble(v -> v).max().orElse(0), CLOSE);
            weighted += box.mean() * plot.bins().get(k).samples();
        }
        assertThat(plot.meanKld())
                .isCloseTo(weighted / predictions.samples(), CLOSE)
                .isCloseTo(Diversity.meanKld(predictions), CLOSE);
    }

    /** Nine samples of three classes. */
    private static double[][][] random(long seed, int members) {
        Random random = new Random(seed);
        double[][][] probabilities = new double[9][members][];
        for (double[][] sample : probabilities) {
            for (int m = 0; m < members; m++) {
                double[] parts = {random.nextDouble() + .01, random.nextDouble() + .01, random.nextDouble() + .01};
                double sum = parts[0] + parts[1] + parts[2];
                sample[m] = new double[] {parts[0] / sum, parts[1] / sum, parts[2] / sum};
            }
        }
        return probabilities;
    }

    private static int binOf(double[][] sample, int bins) {
        double least = 1;
        for (double[] row : sample) {
            least = Math.min(least, Math.max(row[0], Math.max(row[1], row[2])));
        }
        int bin = 0;
        while (least > (bin + 1.0) / bins + 1e-11) {
            bin++;
        }
        return bin;
    }

    private static List<Double> pairs(double[][] sample) {
        List<Double> result = new ArrayList<>();
        for (double[] p : sample) {
            for (double[] q : sample) {
                if (p != q) {
                    result.add(
                            p[0] * Math.log(p[0] / q[0]) + p[1] * Math.log(p[1] / q[1]) + p[2] * Math.log(p[2] / q[2]));
                }
            }
        }
        return result;
    }
}
