package dev.polyphony.figures;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FiguresContentTest {

    private static final double[][] FIVE = {{1, 2}, {1, 2}, {1, 2}, {1, 2}, {1, 2}};
    private static final double[][] FIVE_ECE = {{0, 0.1}, {0.1, 0.2}, {0.1, 0.2}, {0.2, 0.3}, {0.3, 0.5}};

    @Test
    void reliability_showsBinsGapsAndErrorOfBothPanels() {
        Drawn drawn = Drawn.of(Examples.reliability());
        assertThat(drawn.texts())
                .contains("confidence", "accuracy", "count", "gap to confidence")
                .contains("before scaling (T = 1), ECE 0.0799", "after scaling (T = 1.73), ECE 0.0133");
        // 13 of 15 bins in each panel have predictions.
        assertThat(drawn.rectangles(Style.tint(0))).isEqualTo(2 * 13);
        assertThat(drawn.rectangles(Style.colour(1))).isEqualTo(2 * 13);
    }

    @Test
    void reliability_errorIsGapWeightedByCount() {
        ReliabilityDiagram.Panel panel = new ReliabilityDiagram.Panel(
                "T = 1", List.of(new ReliabilityDiagram.Bin(1, 0.4, 0), new ReliabilityDiagram.Bin(3, 0.9, 1)));
        assertThat(panel.expectedCalibrationError()).isCloseTo((0.4 + 3 * 0.1) / 4, within(1e-12));
    }

    @Test
    void reliability_refusesNothingAndImpossibleBins() {
        assertThatThrownBy(() -> new ReliabilityDiagram.Panel("T = 1", List.of(new ReliabilityDiagram.Bin(0, 0, 0))))
                .hasMessage("The reliability diagram 'T = 1' has no predictions");
        assertThatThrownBy(() -> new ReliabilityDiagram.Bin(3, Double.NaN, 1))
                .hasMessageContaining("A bin's confidence must be in");
        assertThatThrownBy(() -> new ReliabilityDiagram.Bin(-1, 0.5, 1)).hasMessageContaining("A bin's count");
        assertThatThrownBy(() -> ReliabilityDiagram.of(List.of())).hasMessageContaining("number of reliability");
    }

    @Test
    void corruption_hasBoxPerMethodSeverityAndScore() {
        Drawn drawn = Drawn.of(Examples.corruption());
        assertThat(drawn.texts()).contains("severity of the corruption", "NLL (nats)", "ECE", "1", "5");
        assertThat(drawn.texts()).containsAll(Examples.METHODS);
        for (int method = 0; method < Examples.METHODS.size(); method++) {
            assertThat(drawn.rectangles(Style.tint(method))).isEqualTo(10);
        }
    }

    @Test
    void corruption_refusesMissingSeveritiesAndUnequalCorruptions() {
        assertThatThrownBy(() -> new CorruptionBoxes.Method("KD", new double[4][2], FIVE_ECE))
                .hasMessage("NLL of 'KD' needs severities 1 to 5, not 4");
        double[][] uneven = {{1}, {1, 2}, {1, 2}, {1, 2}, {1, 2}};
        assertThatThrownBy(() -> new CorruptionBoxes.Method("KD", uneven, FIVE_ECE))
                .hasMessageContaining("at severity 1")
                .hasMessageContaining("1 against 2");
        assertThatThrownBy(() -> new CorruptionBoxes.Method("KD", FIVE, FIVE))
                .hasMessageContaining("ECE of 'KD' at severity 1 must be in 0.0 to 1.0; value 1 is 2.0");
    }

    @Test
    void roc_showsAreasAndRates() {
        Drawn drawn = Drawn.of(Examples.roc());
        assertThat(drawn.texts()).contains("false positive rate", "true positive rate", "KD (area 0.571)");
        assertThat(new RocCurves.Curve("step", new double[] {0, 0.5}, new double[] {0.5, 0.5}).area())
                .as("a step up, a plateau, a line to the corner")
                .isCloseTo(0.25 + 0.375, within(1e-12));
    }

    @Test
    void roc_refusesFallingAndUnequalRates() {
        double[] rising = {0, 1};
        assertThatThrownBy(() -> new RocCurves.Curve("KD", new double[] {1, 0}, rising))
                .hasMessage("False positive rates of 'KD' must not fall; they do at point 1");
        assertThatThrownBy(() -> new RocCurves.Curve("KD", new double[] {1}, rising))
                .hasMessageContaining("1 against 2");
        assertThatThrownBy(() -> new RocCurves.Curve("KD", rising, new double[] {0, Double.POSITIVE_INFINITY}))
                .hasMessageContaining("must be finite");
    }

    @Test
    void histogram_showsQuantitySharesAndMeans() {
        Figure figure = Histogram.of(
                "entropy (nats)", List.of(new Histogram.Series("in", new double[] {0, 0, 1, 2}), constant("out")), 2);
        assertThat(Drawn.of(figure).texts())
                .contains("entropy (nats)", "share of samples (%)", "in (mean 0.7500)", "out (mean 2.000)");
    }

    @Test
    void histogram_drawsValuesThatAreAllEqual() {
        assertThat(Drawn.of(Histogram.of("SNR", List.of(constant("one")), 10)).texts())
                .contains("one (mean 2.000)");
    }

    @Test
    void histogram_refusesNoValuesAndInfiniteOnes() {
        assertThatThrownBy(() -> new Histogram.Series("in", new double[0]))
                .hasMessage("Values of 'in' must not be empty");
        assertThatThrownBy(() -> new Histogram.Series("in", new double[] {Double.NEGATIVE_INFINITY}))
                .hasMessageContaining("value 0 is -Infinity");
        assertThatThrownBy(() -> Histogram.of("SNR", List.of(constant("a")), 0)).hasMessageContaining("number of bins");
    }

    @Test
    void histogram_ofCounts_showsSharesOfEachSeries() {
        Figure figure = Histogram.ofCounts(
                "entropy (nats)",
                0,
                2,
                List.of(
                        new Histogram.Counts("in", 0.25, List.of(30L, 10L)),
                        new Histogram.Counts("out", 1.5, List.of(0L, 4L))));
        assertThat(Drawn.of(figure).texts())
                .contains("in (mean 0.2500)", "out (mean 1.500)", "share of samples (%)", "100", "2.0");
    }

    @Test
    void histogram_ofCounts_refusesNothingAndUnequalBins() {
        assertThatThrownBy(() -> new Histogram.Counts("in", 0, List.of(0L, 0L))).hasMessage("'in' has no values");
        assertThatThrownBy(() -> new Histogram.Counts("in", 0, List.of(-1L, 2L)))
                .hasMessageContaining("Counts of 'in'");
        Histogram.Counts one = new Histogram.Counts("one", 0, List.of(1L));
        Histogram.Counts two = new Histogram.Counts("two", 0, List.of(1L, 1L));
        assertThatThrownBy(() -> Histogram.ofCounts("SNR", 0, 1, List.of(one, two)))
                .hasMessage("Bins of 'two' and of 'one' must be equally many: 2 against 1");
        assertThatThrownBy(() -> Histogram.ofCounts("SNR", 1, 1, List.of(one))).hasMessageContaining("end above 1.0");
    }

    @Test
    void histogram_ofManySeries_hasOutlinesAlone() {
        List<Histogram.Counts> many = IntStream.range(0, 5)
                .mapToObj(s -> new Histogram.Counts("s" + s, 0, List.of(1L + s, 7L)))
                .toList();
        int few = paths(many.subList(0, 4));
        assertThat(paths(many)).as("an outline more, and four areas less").isLessThan(few);
    }

    private static int paths(List<Histogram.Counts> series) {
        Drawn drawn = Drawn.of(Histogram.ofCounts("SNR", 0, 1, series));
        return drawn.elements("path").size() + drawn.elements("polygon").size();
    }

    private static Histogram.Series constant(String name) {
        return new Histogram.Series(name, new double[] {2, 2});
    }

    @Test
    void training_showsQuantitiesAndNames() {
        assertThat(Drawn.of(Examples.training()).texts())
                .contains("KD", "KD + Gaussian", "KD + ODS", "epoch", "validation accuracy (%)")
                .contains("cross-entropy (nats)", "divergence from the teachers (nats)", "0.1", "60");
    }

    @Test
    void training_reachesTheLastEpochThatHasAValue() {
        TrainingCurves.Curve now = new TrainingCurves.Curve("KD", new int[] {6, 60}, new double[][] {{1, 2}});
        assertThat(Drawn.of(TrainingCurves.of(List.of(new TrainingCurves.Panel("accuracy", false, List.of(now)))))
                        .texts())
                .contains("10", "60");
    }

    @Test
    void training_drawsOneRunOfOneEpoch() {
        TrainingCurves.Curve curve = new TrainingCurves.Curve("KD", new double[][] {{0.5}});
        Figure figure = TrainingCurves.of(List.of(
                new TrainingCurves.Panel("loss", true, List.of(curve)),
                new TrainingCurves.Panel("loss again", false, List.of(curve))));
        assertThat(Drawn.of(figure).texts()).contains("loss", "loss again", "KD");
    }

    @Test
    void training_refusesUnequalRunsAndZeroOnLogarithmicAxis() {
        assertThatThrownBy(() -> new TrainingCurves.Curve("KD", new double[][] {{1, 2}, {1}}))
                .hasMessage("Epochs of run 0 of 'KD' and of run 1 must be equally many: 2 against 1");
        assertThatThrownBy(() -> new TrainingCurves.Curve("KD", new double[0][]))
                .hasMessageContaining("one run");
        assertThatThrownBy(() -> new TrainingCurves.Curve("KD", new int[] {1}, new double[][] {{1, 2}}))
                .hasMessage("Epochs of 'KD' and values of run 0 must be equally many: 1 against 2");
        assertThatThrownBy(() -> new TrainingCurves.Curve("KD", new int[] {6, 6}, new double[][] {{1, 2}}))
                .hasMessage("Epochs of 'KD' must rise from 1: 6");
        TrainingCurves.Curve zero = new TrainingCurves.Curve("KD", new double[][] {{1, 0}});
        assertThatThrownBy(() -> new TrainingCurves.Panel("loss", true, List.of(zero)))
                .hasMessageContaining("Values of 'KD' on a logarithmic axis");
    }

    @Test
    void images_showEachColumnThreeTimesAndNameAmplification() {
        Drawn drawn = Drawn.of(Examples.images(3));
        assertThat(drawn.elements("image")).hasSize(18);
        assertThat(drawn.texts()).contains("clean", "perturbed", "difference", "× 8", "ODS, external teacher");
    }

    @Test
    void images_refuseWrongSizesAndPixelsOutsideRange() {
        double[] four = {0, 0.5, 1, 1};
        assertThatThrownBy(() -> new ImageStrip.Column("a", 1, 2, 3, four, four))
                .hasMessageContaining("4 against 6");
        assertThatThrownBy(() -> new ImageStrip.Column("a", 2, 2, 1, four, four))
                .hasMessageContaining("1 or 3 channels");
        assertThatThrownBy(() -> new ImageStrip.Column("a", 1, 2, 2, four, new double[] {0, 0, 0, 1.5}))
                .hasMessage("Perturbed pixels of 'a' must be in 0.0 to 1.0; value 3 is 1.5");
        ImageStrip.Column column = new ImageStrip.Column("a", 1, 2, 2, four, four);
        assertThatThrownBy(() -> ImageStrip.of(List.of(column), 0)).hasMessageContaining("The amplification");
    }
}
