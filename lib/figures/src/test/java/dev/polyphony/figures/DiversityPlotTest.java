package dev.polyphony.figures;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class DiversityPlotTest {

    @Test
    void figure_namesSeriesAxesBinsAndMeans() {
        DiversityPlot.Series series =
                new DiversityPlot.Series("DE-4 test", new double[] {0.1, 0.6, 1.0}, new double[] {0.5, 0.25, 0});
        assertThat(Drawn.of(DiversityPlot.of(List.of(series), 5)).texts())
                .contains("DE-4 test (mean-KLD 0.2500)", "pairwise KL divergence (nats)", "samples")
                .contains("minimum confidence over members (bin)", "0.0–0.2", "0.8–1.0");
    }

    @Test
    void figure_hasOneBoxPerOccupiedBinAndSeries() {
        // 0.2 is in the first of five bins, since bins are closed above; 0.9 and 1 share the last.
        DiversityPlot.Series one = new DiversityPlot.Series(
                "one", new double[] {0.2, 0.1, 0.5, 0.45, 0.9, 1}, new double[] {0.5, 0.6, 0.25, 0.2, 0.1, 0});
        DiversityPlot.Series two = new DiversityPlot.Series("two", new double[] {0.7, 0.71}, new double[] {0.5, 0.6});
        Drawn drawn = Drawn.of(DiversityPlot.of(List.of(one, two), 5));
        assertThat(drawn.rectangles(Style.tint(0))).isEqualTo(3);
        assertThat(drawn.rectangles(Style.tint(1))).isEqualTo(1);
        assertThat(drawn.rectangles(Style.colour(0))).as("bars of counts").isEqualTo(3);
    }

    @Test
    void series_refusesEmptyUnequalAndImpossibleNumbers() {
        double[] two = {0.5, 0.6};
        assertThatThrownBy(() -> new DiversityPlot.Series("a", new double[0], new double[0]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Minimum confidences of 'a' must not be empty");
        assertThatThrownBy(() -> new DiversityPlot.Series("a", two, new double[] {1}))
                .hasMessage("Minimum confidences of 'a' and divergences must be equally many: 2 against 1");
        assertThatThrownBy(() -> new DiversityPlot.Series("a", two, new double[] {1, Double.NaN}))
                .hasMessage("Divergences of 'a' must be finite numbers; value 1 is NaN");
        assertThatThrownBy(() -> new DiversityPlot.Series("a", new double[] {0.5, 1.5}, two))
                .hasMessageContaining("must be in 0.0 to 1.0001; value 1 is 1.5");
        assertThatThrownBy(() -> new DiversityPlot.Series(" ", two, two))
                .hasMessage("A series' name must not be blank");
    }

    @Test
    void figure_refusesNoneTooManyAndEquallyNamedSeries() {
        DiversityPlot.Series one = new DiversityPlot.Series("one", new double[] {0.2}, new double[] {0.5});
        assertThatThrownBy(() -> DiversityPlot.of(List.of(), 5)).hasMessage("A figure shows 1 to 12 series, not 0");
        assertThatThrownBy(() -> DiversityPlot.of(List.of(one, one), 5)).hasMessage("Two series are named 'one'");
        assertThatThrownBy(() -> DiversityPlot.of(List.of(one), 0)).hasMessageContaining("The number of bins");
        List<DiversityPlot.Series> many = new ArrayList<>();
        for (int i = 0; i < 13; i++) {
            many.add(new DiversityPlot.Series("s" + i, new double[] {0.2}, new double[] {0.5}));
        }
        assertThatThrownBy(() -> DiversityPlot.of(many, 5)).hasMessageContaining("not 13");
    }

    @Test
    void boxes_showWhatTheyAreGiven_withoutBinsThatAllLeaveEmpty() {
        DiversityPlot.Bin empty = DiversityPlot.Bin.EMPTY;
        DiversityPlot.Bin full = new DiversityPlot.Bin(7, 0.5, 0.1, 0.2, 0.3, 0.4, 0.9);
        Drawn drawn = Drawn.of(DiversityPlot.ofBoxes(List.of(
                new DiversityPlot.Boxes("teachers", 0.25, List.of(empty, full, empty, full, empty)),
                new DiversityPlot.Boxes("student", 0.125, List.of(empty, full, empty, empty, empty)))));
        assertThat(drawn.texts())
                .contains("teachers (mean-KLD 0.2500)", "student (mean-KLD 0.1250)", "0.2–0.4", "0.6–0.8")
                .doesNotContain("0.0–0.2", "0.8–1.0");
        assertThat(drawn.rectangles(Style.tint(0))).isEqualTo(2);
        assertThat(drawn.rectangles(Style.tint(1))).isEqualTo(1);
    }

    @Test
    void boxes_refuseFallingQuartilesNoSamplesAndUnequalBins() {
        DiversityPlot.Bin full = new DiversityPlot.Bin(7, 0.5, 0.1, 0.2, 0.3, 0.4, 0.9);
        assertThatThrownBy(() -> new DiversityPlot.Bin(7, 0.5, 0.1, 0.3, 0.2, 0.4, 0.9))
                .hasMessageContaining("must not fall: [0.1, 0.3, 0.2");
        assertThatThrownBy(() -> new DiversityPlot.Bin(7, Double.NaN, 0, 0, 0, 0, 0))
                .hasMessageContaining("A bin's mean");
        assertThatThrownBy(() -> new DiversityPlot.Boxes("a", 0, List.of(DiversityPlot.Bin.EMPTY)))
                .hasMessage("'a' has no samples");
        assertThatThrownBy(() -> DiversityPlot.ofBoxes(List.of(
                        new DiversityPlot.Boxes("a", 0, List.of(full)),
                        new DiversityPlot.Boxes("b", 0, List.of(full, full)))))
                .hasMessage("Bins of 'b' and of 'a' must be equally many: 2 against 1");
    }

    @Test
    void series_isCopiedSoThatLaterChangesDoNotShow() {
        double[] divergence = {0.5};
        DiversityPlot.Series one = new DiversityPlot.Series("one", new double[] {0.2}, divergence);
        divergence[0] = 7;
        assertThat(one.mean()).isEqualTo(0.5);
    }
}
