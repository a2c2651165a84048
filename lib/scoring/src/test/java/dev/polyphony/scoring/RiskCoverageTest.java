package dev.polyphony.scoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class RiskCoverageTest {

    @Test
    void theEight_areWorkedByHand() {
        RiskCoverage curve = RiskCoverage.of(Vectors.logs(Vectors.EIGHT), Vectors.EIGHT_LABELS);
        double[] risks = {0, 0, 0, 1.0 / 4, 1.0 / 5, 1.0 / 6, 2.0 / 7, 2.0 / 8};
        for (int i = 0; i < 8; i++) {
            assertThat(curve.points().get(i).coverage()).isEqualTo((i + 1) / 8.0);
            assertThat(curve.points().get(i).risk()).isCloseTo(risks[i], within(1e-12));
        }
        assertThat(curve.area()).isCloseTo(.144047619, within(1e-9));
        assertThat(curve.excessArea()).isCloseTo(.144047619 - (1.0 / 7 + 2.0 / 8) / 8, within(1e-9));
    }

    @Test
    void errorsRankedLast_costNothing() {
        double[][] rows = Vectors.logs(new double[][] {{.9, .1}, {.8, .2}, {.7, .3}});
        assertThat(RiskCoverage.of(rows, new int[] {0, 0, 1}).excessArea()).isCloseTo(0, within(1e-15));
        assertThat(RiskCoverage.of(rows, new int[] {0, 0, 0}).area()).isZero();
        assertThat(RiskCoverage.of(rows, new int[] {1, 1, 1}).area()).isEqualTo(1);
        assertThat(RiskCoverage.of(rows, new int[] {1, 1, 1}).excessArea()).isCloseTo(0, within(1e-15));
    }

    @Test
    void oneSample_andOneClass_haveOnePointEach() {
        assertThat(RiskCoverage.of(Vectors.logs(new double[][] {{.6, .4}}), new int[] {1})
                        .points())
                .containsExactly(new RiskCoverage.Point(1, 1));
        assertThat(RiskCoverage.of(new double[][] {{0}}, new int[] {0}).area()).isZero();
    }

    @Property(tries = 100)
    void ties_areTheExpectationOverAllOrders(
            @ForAll @Size(min = 1, max = 6) List<@IntRange(min = 6, max = 8) Integer> tenths,
            @ForAll @IntRange(min = 0, max = 63) int wrong) {
        int samples = tenths.size();
        double[][] rows =
                tenths.stream().map(t -> Vectors.logs(t / 10.0, 1 - t / 10.0)).toArray(double[][]::new);
        int[] labels = new int[samples];
        for (int n = 0; n < samples; n++) {
            labels[n] = (wrong >> n) & 1;
        }
        double[] risks = new double[samples];
        List<List<Integer>> orders = new ArrayList<>();
        descending(new ArrayList<>(), tenths, orders);
        for (List<Integer> order : orders) {
            double errors = 0;
            for (int i = 0; i < samples; i++) {
                errors += labels[order.get(i)];
                risks[i] += errors / (i + 1) / orders.size();
            }
        }
        List<RiskCoverage.Point> points = RiskCoverage.of(rows, labels).points();
        for (int i = 0; i < samples; i++) {
            assertThat(points.get(i).risk()).isCloseTo(risks[i], within(1e-12));
        }
    }

    /** All orders of the samples that never rise in confidence. */
    private static void descending(List<Integer> begun, List<Integer> confidences, List<List<Integer>> orders) {
        if (begun.size() == confidences.size()) {
            orders.add(List.copyOf(begun));
        }
        for (int next = 0; next < confidences.size(); next++) {
            int last = begun.isEmpty() ? Integer.MAX_VALUE : confidences.get(begun.get(begun.size() - 1));
            int allowed = 0;
            for (int other = 0; other < confidences.size(); other++) {
                allowed = begun.contains(other) ? allowed : Math.max(allowed, confidences.get(other));
            }
            if (!begun.contains(next) && confidences.get(next) == allowed && allowed <= last) {
                begun.add(next);
                descending(begun, confidences, orders);
                begun.remove(begun.size() - 1);
            }
        }
    }

    @Test
    void whatDoesNotFit_isNamed() {
        assertThatThrownBy(() -> RiskCoverage.of(new double[][] {{Double.NaN, 0}}, new int[] {0}))
                .hasMessage("Log-probability of sample 0, class 0 must be finite, but is NaN");
        assertThatThrownBy(() -> RiskCoverage.of(new double[0][], new int[0])).hasMessageContaining("at least one");
        assertThatThrownBy(() -> new RiskCoverage(List.of())).hasMessageContaining("one sample");
        assertThatThrownBy(() -> new RiskCoverage.Point(0, 0)).hasMessageContaining("above 0");
        assertThatThrownBy(() -> new RiskCoverage.Point(1, Double.NaN)).hasMessageContaining("NaN");
    }
}
