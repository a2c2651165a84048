package dev.polyphony.scoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReliabilityBinsTest {

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15})
    void anEdge_belongsToTheBinBelow(int k) {
        double edge = k / 15.0;
        for (double same : new double[] {edge, Math.nextUp(edge), Math.nextDown(edge), Math.exp(Math.log(edge))}) {
            assertThat(ConfidenceBin.of(same, 15)).isEqualTo(k - 1);
        }
        assertThat(ConfidenceBin.of(edge - 1e-6, 15)).isEqualTo(k - 1);
        assertThat(ConfidenceBin.of(edge + 1e-6, 15)).isEqualTo(Math.min(k, 14));
    }

    @Test
    void zero_belongsToTheFirstBin() {
        assertThat(ConfidenceBin.of(0, 15)).isZero();
    }

    @Test
    void twoFifths_fallInTheSixthBin() {
        ReliabilityBins bins = ReliabilityBins.of(Vectors.logs(Vectors.EIGHT), Vectors.EIGHT_LABELS);
        assertThat(bins.bins().get(5).count()).isEqualTo(1);
        assertThat(bins.bins().get(5).confidence()).isCloseTo(0.4, within(1e-12));
        assertThat(bins.bins().get(6).count()).isEqualTo(1);
        assertThat(bins.ece()).isCloseTo(0.28375, within(1e-9));
    }

    @Test
    void emptyBins_areZero_andCountNothing() {
        ReliabilityBins bins = ReliabilityBins.of(Vectors.logs(new double[][] {{.9, .1}}), new int[] {0});
        assertThat(bins.bins())
                .filteredOn(b -> b.count() == 0)
                .hasSize(14)
                .containsOnly(new ReliabilityBins.Bin(0, 0, 0));
        assertThat(bins.ece()).isCloseTo(0.1, within(1e-12));
        assertThat(ReliabilityBins.empty().ece()).isZero();
        assertThat(ReliabilityBins.empty().merge(bins)).isEqualTo(bins);
    }

    @Property(tries = 200)
    void merging_parts_givesTheWhole(
            @ForAll @Size(min = 2, max = 40) List<@DoubleRange(min = 0.01, max = 0.99) Double> shares,
            @ForAll @IntRange(min = 1, max = 39) int wanted) {
        double[][] rows = shares.stream().map(p -> Vectors.logs(p, 1 - p)).toArray(double[][]::new);
        int[] labels = shares.stream().mapToInt(p -> (int) (p * 1000) % 2).toArray();
        int cut = Math.min(wanted, rows.length - 1);
        ReliabilityBins whole = ReliabilityBins.of(rows, labels);
        ReliabilityBins merged = ReliabilityBins.of(Arrays.copyOf(rows, cut), Arrays.copyOf(labels, cut))
                .merge(ReliabilityBins.of(
                        Arrays.copyOfRange(rows, cut, rows.length), Arrays.copyOfRange(labels, cut, rows.length)));
        assertThat(merged.samples()).isEqualTo(rows.length);
        assertThat(merged.ece()).isCloseTo(whole.ece(), within(1e-12));
        assertThat(whole.ece()).isCloseTo(slowEce(rows, labels), within(1e-12));
    }

    private static double slowEce(double[][] rows, int[] labels) {
        double ece = 0;
        for (int k = 0; k < 15; k++) {
            double gap = 0;
            for (int n = 0; n < rows.length; n++) {
                double confidence = Math.exp(Math.max(rows[n][0], rows[n][1]));
                if (confidence > k / 15.0 + 1e-10 && confidence <= (k + 1) / 15.0 + 1e-10) {
                    gap += (rows[n][labels[n]] >= rows[n][1 - labels[n]] ? 1 : 0) - confidence;
                }
            }
            ece += Math.abs(gap) / rows.length;
        }
        return ece;
    }

    @Test
    void whatIsNoBin_isRefused() {
        assertThatThrownBy(() -> new ReliabilityBins(List.of())).hasMessageContaining("15");
        assertThatThrownBy(() -> new ReliabilityBins.Bin(-1, 0, 0)).hasMessageContaining("-1");
        assertThatThrownBy(() -> new ReliabilityBins.Bin(1, Double.NaN, 0)).hasMessageContaining("NaN");
    }
}
