package dev.polyphony.scoring.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class HistogramTest {

    @Test
    void anEdge_belongsToTheBinAbove_andTheLastToTheLastBin() {
        Histogram histogram = Histogram.of(new double[] {0, .24, .25, .5, .5, 1}, 0, 1, 4);
        assertThat(histogram.counts()).containsExactly(2L, 1L, 2L, 1L);
        assertThat(histogram.edges()).containsExactly(0.0, .25, .5, .75, 1.0);
    }

    @Test
    void bars_haveAreaOne() {
        Histogram histogram = Histogram.of(new double[] {1, 1.5, 3, 3}, 1, 3, 4);
        assertThat(histogram.counts()).containsExactly(1L, 1L, 0L, 2L);
        assertThat(histogram.densities()).containsExactly(.5, .5, 0.0, 1.0);
        assertThat(histogram.densities().stream().mapToDouble(d -> d * .5).sum())
                .isCloseTo(1, within(1e-12));
        assertThat(Histogram.of(new double[0], 0, 1, 2).densities()).containsExactly(0.0, 0.0);
    }

    @Test
    void whatDoesNotFit_isRefused() {
        assertThatThrownBy(() -> Histogram.of(new double[] {1.1}, 0, 1, 4))
                .hasMessage("Value 1.1 is not in 0.0 to 1.0");
        assertThatThrownBy(() -> Histogram.of(new double[] {Double.NaN}, 0, 1, 4))
                .hasMessageContaining("NaN");
        assertThatThrownBy(() -> Histogram.of(new double[0], 0, 1, 0)).hasMessageContaining("not 0");
        assertThatThrownBy(() -> Histogram.of(new double[0], 1, 1, 3)).hasMessageContaining("finite range");
        assertThatThrownBy(() -> new Histogram(0, 1, List.of(-1L))).hasMessageContaining("-1");
    }
}
