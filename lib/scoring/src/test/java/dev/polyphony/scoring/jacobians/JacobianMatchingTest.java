package dev.polyphony.scoring.jacobians;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.polyphony.scoring.statistics.RocCurve;
import java.util.Arrays;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class JacobianMatchingTest {

    private static final Offset<Double> CLOSE = within(1e-9);
    private static final double[][] TEACHER_WEIGHTS = {{1, .5}, {-.5, 1}, {.2, -1}};
    private static final double[][] STUDENT_WEIGHTS = {{.8, .1}, {-.2, .9}, {0, -.7}};
    private static final double[] INPUT = {.3, -.2};
    private static final double[] TEACHER = softmax(TEACHER_WEIGHTS, INPUT);
    private static final double[] STUDENT = softmax(STUDENT_WEIGHTS, INPUT);

    private static double[] softmax(double[][] weights, double[] input) {
        double[] powers = Arrays.stream(weights)
                .mapToDouble(row -> Math.exp(row[0] * input[0] + row[1] * input[1]))
                .toArray();
        double sum = Arrays.stream(powers).sum();
        return Arrays.stream(powers).map(p -> p / sum).toArray();
    }

    @Test
    void jacobian_ofProbabilities_isTheKnownOne_andThatOfDifferences() {
        double[][] jacobian = JacobianMatching.ofProbabilities(TEACHER_WEIGHTS, TEACHER);
        double[][] known = {{.2462798094, .1873105963}, {-.1858720719, .2173898668}, {-.0604077375, -.404700463}};
        double h = 1e-6;
        for (int k = 0; k < 3; k++) {
            assertThat(jacobian[k]).containsExactly(known[k], CLOSE);
            double slope = (softmax(TEACHER_WEIGHTS, new double[] {.3 + h, -.2})[k]
                            - softmax(TEACHER_WEIGHTS, new double[] {.3 - h, -.2})[k])
                    / (2 * h);
            assertThat(jacobian[k][0]).isCloseTo(slope, within(1e-8));
        }
    }

    @Test
    void cosines_areTheKnownOnes() {
        assertThat(JacobianMatching.cosineSimilarity(
                        JacobianMatching.ofProbabilities(TEACHER_WEIGHTS, TEACHER),
                        JacobianMatching.ofProbabilities(STUDENT_WEIGHTS, STUDENT)))
                .isCloseTo(.9466342575, CLOSE);
        assertThat(JacobianMatching.cosineSimilarity(TEACHER_WEIGHTS, STUDENT_WEIGHTS))
                .isCloseTo(.9607535795, CLOSE);
    }

    @Test
    void term_isTheKnownOne() {
        assertThat(JacobianMatching.expectedTerm(
                        JacobianMatching.ofProbabilities(TEACHER_WEIGHTS, TEACHER),
                        JacobianMatching.ofProbabilities(STUDENT_WEIGHTS, STUDENT),
                        STUDENT))
                .isCloseTo(-.7318705257, CLOSE);
    }

    @Test
    void cosine_knowsNoScale() {
        double[][] tiny = {{3e-200, 0}, {0, 4e-200}};
        double[][] huge = {{3e200, 0}, {0, 4e200}};
        double[][] opposite = {{-3, 0}, {0, -4}};
        double[][] across = {{0, 1}, {0, 0}};
        assertThat(JacobianMatching.cosineSimilarity(tiny, huge)).isCloseTo(1, CLOSE);
        assertThat(JacobianMatching.cosineSimilarity(tiny, opposite)).isCloseTo(-1, CLOSE);
        assertThat(JacobianMatching.cosineSimilarity(huge, across)).isZero();
        assertThat(JacobianMatching.cosineSimilarity(huge, new double[2][2])).isZero();
        assertThat(JacobianMatching.cosineSimilarity(new double[][] {{-2}}, new double[][] {{7}}))
                .isEqualTo(-1);
    }

    @Property(tries = 100)
    void cosine_isThatOfTheDefinition(
            @ForAll long seed, @ForAll @IntRange(min = 1, max = 5) int k, @ForAll @IntRange(min = 1, max = 7) int d) {
        Random random = new Random(seed);
        double[][] teacher = new double[k][];
        double[][] student = new double[k][];
        for (int i = 0; i < k; i++) {
            teacher[i] = random.doubles(d, -1, 1).toArray();
            student[i] = random.doubles(d, -1, 1).toArray();
        }
        double[] t = Arrays.stream(teacher).flatMapToDouble(Arrays::stream).toArray();
        double[] s = Arrays.stream(student).flatMapToDouble(Arrays::stream).toArray();
        assertThat(JacobianMatching.cosineSimilarity(teacher, student))
                .isCloseTo(dot(t, s) / Math.sqrt(dot(t, t) * dot(s, s)), CLOSE)
                .isBetween(-1.0, 1.0);
    }

    private static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }

    @Test
    void curve_ofSimilarities_hasTheKnownArea() {
        double[] distilled = {.9, .8, .55, .4};
        double[] fromScratch = {.7, .5, .4, .1};
        assertThat(RocCurve.of(distilled, fromScratch).area()).isEqualTo(.78125);
    }

    @Test
    void whatDoesNotFit_isNamed() {
        double[][] one = {{1}};
        assertThatThrownBy(() -> JacobianMatching.cosineSimilarity(one, new double[][] {{1}, {1}}))
                .hasMessageContaining("1 and 2 outputs");
        assertThatThrownBy(() -> JacobianMatching.cosineSimilarity(one, new double[][] {{1, 2}}))
                .hasMessageContaining("1 and 2 at output 0");
        assertThatThrownBy(() -> JacobianMatching.cosineSimilarity(one, new double[][] {{Double.NaN}}))
                .hasMessage("The Jacobian at output 0, input 0 must be finite, but is NaN");
        assertThatThrownBy(() -> JacobianMatching.cosineSimilarity(new double[0][], new double[0][]))
                .hasMessageContaining("at least one");
        assertThatThrownBy(() -> JacobianMatching.ofProbabilities(one, new double[] {2}))
                .hasMessageContaining("[2.0]");
        assertThatThrownBy(() -> JacobianMatching.expectedTerm(one, one, new double[] {0}))
                .hasMessageContaining("class 0 must be above 0");
    }
}
