package dev.polyphony.launcher.figures;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.polyphony.figures.DiversityPlot.Bin;
import dev.polyphony.figures.DiversityPlot.Boxes;
import dev.polyphony.scoring.DiversityPlot;
import dev.polyphony.scoring.statistics.BoxStatistics;
import java.util.List;
import org.junit.jupiter.api.Test;

class DiversityFiguresTest {

    private static final BoxStatistics LOW = new BoxStatistics(2, 3, 0, 1, 2, 3, 4, 5, 9);
    private static final BoxStatistics HIGH = new BoxStatistics(6, 7, 0, 5, 6, 7, 8, 9, 9);
    private static final BoxStatistics NONE = BoxStatistics.of(new double[0]);

    @Test
    void seeds_arePooledByTheirSamples() {
        Boxes pooled = DiversityFigures.pooled(
                "kd", List.of(plot(0.5, bin(0, NONE), bin(1, LOW)), plot(0.25, bin(0, NONE), bin(3, HIGH))));

        // One sample against three: a quarter of the one, three quarters of the other.
        assertThat(pooled.bins()).containsExactly(Bin.EMPTY, new Bin(4, 6, 4, 5, 6, 7, 8));
        assertThat(pooled.meanKld()).isEqualTo((1 * 0.5 + 3 * 0.25) / 4);
    }

    @Test
    void oneSeed_staysAsItIs() {
        assertThat(DiversityFigures.pooled("kd", List.of(plot(0.5, bin(1, LOW))))
                        .bins())
                .containsExactly(new Bin(1, 3, 1, 2, 3, 4, 5));
    }

    @Test
    void seedsOfDifferentBins_areRefused() {
        assertThatThrownBy(() -> DiversityFigures.pooled(
                        "kd", List.of(plot(0.5, bin(1, LOW)), plot(0.5, bin(1, LOW), bin(1, LOW)))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("seeds of kd have 1 and 2 bins");
    }

    private static DiversityPlot plot(double meanKld, DiversityPlot.Bin... bins) {
        int samples =
                List.of(bins).stream().mapToInt(DiversityPlot.Bin::samples).sum();
        return new DiversityPlot(2, samples, meanKld, List.of(bins));
    }

    private static DiversityPlot.Bin bin(int samples, BoxStatistics box) {
        return new DiversityPlot.Bin(0, 1, samples, box);
    }
}
