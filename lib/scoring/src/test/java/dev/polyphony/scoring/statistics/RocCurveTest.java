package dev.polyphony.scoring.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.stream.DoubleStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.NotEmpty;
import org.junit.jupiter.api.Test;

class RocCurveTest {

    private static final double[] POSITIVES = {.9, .8, .55, .4};
    private static final double[] NEGATIVES = {.7, .5, .4, .1};

    @Test
    void curve_isWorkedByHand_andATieSlants() {
        RocCurve curve = RocCurve.of(POSITIVES, NEGATIVES);
        assertThat(curve.points())
                .containsExactly(
                        new RocCurve.Point(Double.POSITIVE_INFINITY, 0, 0),
                        new RocCurve.Point(.9, 0, .25),
                        new RocCurve.Point(.8, 0, .5),
                        new RocCurve.Point(.7, .25, .5),
                        new RocCurve.Point(.55, .25, .75),
                        new RocCurve.Point(.5, .5, .75),
                        new RocCurve.Point(.4, .75, 1),
                        new RocCurve.Point(.1, 1, 1));
        assertThat(curve.area()).isEqualTo(.78125);
        assertThat(curve.corners())
                .extracting(RocCurve.Point::threshold)
                .containsExactly(Double.POSITIVE_INFINITY, .8, .7, .55, .5, .4, .1);
    }

    @Test
    void falsePositives_areThoseOfTheFirstThreshold_thatKeepsEnough() {
        RocCurve curve = RocCurve.of(POSITIVES, NEGATIVES);
        assertThat(curve.falsePositiveRateAt(.5)).isZero();
        assertThat(curve.falsePositiveRateAt(.51)).isEqualTo(.25);
        assertThat(curve.falsePositiveRateAt(.95)).isEqualTo(.75);
        double[] twenty = DoubleStream.iterate(1, v -> v + 1).limit(20).toArray();
        assertThat(RocCurve.of(twenty, new double[] {1}).falsePositiveRateAt(.95))
                .as("19 of 20 are enough")
                .isZero();
        assertThatThrownBy(() -> curve.falsePositiveRateAt(0)).hasMessageContaining("above 0");
    }

    @Test
    void oneValueEach_orAllEqual_haveTwoPointsOrThree() {
        assertThat(RocCurve.of(new double[] {1}, new double[] {1}).points()).hasSize(2);
        assertThat(RocCurve.of(new double[] {1}, new double[] {1}).area()).isEqualTo(.5);
        assertThat(RocCurve.of(new double[] {1}, new double[] {0}).area()).isEqualTo(1);
        assertThat(RocCurve.of(new double[] {0}, new double[] {-0.0}).points()).hasSize(2);
    }

    @Property(tries = 200)
    void points_andAreas_areThoseOfCounting(
            @ForAll @NotEmpty List<@IntRange(min = -3, max = 3) Integer> positives,
            @ForAll @NotEmpty List<@IntRange(min = -3, max = 3) Integer> negatives,
            @ForAll @DoubleRange(min = 0.01, max = 1) double wanted) {
        RocCurve curve = RocCurve.of(doubles(positives), doubles(negatives));
        for (RocCurve.Point point : curve.points()) {
            assertThat(point.truePositiveRate()).isEqualTo(share(positives, point.threshold()));
            assertThat(point.falsePositiveRate()).isEqualTo(share(negatives, point.threshold()));
        }
        assertThat(trapezoids(curve.points())).isCloseTo(curve.area(), within(1e-12));
        assertThat(trapezoids(curve.corners())).isCloseTo(curve.area(), within(1e-12));
        double best = 1;
        for (int threshold = -4; threshold <= 4; threshold++) {
            best = share(positives, threshold) >= wanted ? Math.min(best, share(negatives, threshold)) : best;
        }
        assertThat(curve.falsePositiveRateAt(wanted)).isEqualTo(best);
    }

    @Property(tries = 200)
    void averagePrecision_isThatOfCounting(
            @ForAll @NotEmpty List<@IntRange(min = -3, max = 3) Integer> positives,
            @ForAll @NotEmpty List<@IntRange(min = -3, max = 3) Integer> negatives) {
        double expected = 0;
        for (int own : positives) {
            double right = positives.stream().filter(v -> v >= own).count();
            double wrong = negatives.stream().filter(v -> v >= own).count();
            expected += right / (right + wrong) / positives.size();
        }
        assertThat(AveragePrecision.of(doubles(positives), doubles(negatives))).isCloseTo(expected, within(1e-12));
    }

    @Test
    void averagePrecision_isWorkedByHand() {
        assertThat(AveragePrecision.of(POSITIVES, NEGATIVES)).isCloseTo((1 + 1 + 3.0 / 4 + 4.0 / 7) / 4, within(1e-12));
        assertThat(AveragePrecision.of(new double[] {1}, new double[] {1, 1, 1}))
                .as("all equal: the share of positives")
                .isEqualTo(.25);
    }

    private static double share(List<Integer> values, double threshold) {
        return (double) values.stream().filter(v -> v >= threshold).count() / values.size();
    }

    private static double trapezoids(List<RocCurve.Point> points) {
        double area = 0;
        for (int i = 1; i < points.size(); i++) {
            area += (points.get(i).falsePositiveRate() - points.get(i - 1).falsePositiveRate())
                    * (points.get(i).truePositiveRate() + points.get(i - 1).truePositiveRate())
                    / 2;
        }
        return area;
    }

    private static double[] doubles(List<Integer> values) {
        return values.stream().mapToDouble(v -> v).toArray();
    }

    @Test
    void nothing_andNaN_areRefused() {
        double[] none = {};
        double[] one = {1};
        double[] nan = {Double.NaN};
        assertThatThrownBy(() -> RocCurve.of(none, one)).hasMessageContaining("at least one");
        assertThatThrownBy(() -> RocCurve.of(one, nan)).hasMessageContaining("NaN");
        assertThatThrownBy(() -> AveragePrecision.of(one, none)).hasMessageContaining("at least one");
        assertThatThrownBy(() -> AveragePrecision.of(nan, one)).hasMessageContaining("NaN");
        assertThatThrownBy(() -> new RocCurve(List.of(), .5)).hasMessageContaining("two points");
        assertThatThrownBy(() -> new RocCurve.Point(0, 2, 0)).hasMessageContaining("0 to 1");
    }
}
