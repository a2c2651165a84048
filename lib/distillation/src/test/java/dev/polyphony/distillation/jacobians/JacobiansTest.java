package dev.polyphony.distillation.jacobians;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import dev.polyphony.distillation.GuideVector;
import dev.polyphony.distillation.LinearNetwork;
import dev.polyphony.distillation.Scoped;
import dev.polyphony.experiment.ImageInput;
import dev.polyphony.models.Ensemble;
import dev.polyphony.models.Initialisation;
import dev.polyphony.models.Network;
import dev.polyphony.models.Weights;
import dev.polyphony.models.networks.Architecture.Kind;
import dev.polyphony.models.networks.Networks;
import dev.polyphony.scoring.jacobians.JacobianMatching;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class JacobiansTest extends Scoped {

    private static final float[] TEACHER = {1, .5f, -.5f, 1, .2f, -1, 0, 0, 0};
    private static final float[] STUDENT = {.8f, .1f, -.2f, .9f, 0, -.7f, 0, 0, 0};
    private static final float[] IMAGE = {.3f, -.2f};

    private final LinearNetwork linear = LinearNetwork.plain(2, 3);

    private double[][] jacobian(double temperature, float... weights) {
        return Jacobians.ofProbabilities(
                linear, linear.weights(manager, weights), array(shape(1, 1, 1, 2), IMAGE), temperature)[0][0];
    }

    @Test
    void linearSoftmax_hasTheJacobianWorkedByHand() {
        double[][] teacher = jacobian(1, TEACHER);
        double[][] expected = {{.2462798094, .1873105963}, {-.1858720719, .2173898668}, {-.0604077375, -.404700463}};
        for (int k = 0; k < 3; k++) {
            assertThat(teacher[k]).containsExactly(expected[k], within(1e-7));
        }
        double[][] student = jacobian(1, STUDENT);
        assertThat(JacobianMatching.cosineSimilarity(teacher, student)).isCloseTo(.9466342575, within(1e-6));
        double[] probabilities = {.3914813667, .2471357843, .3613828489};
        assertThat(JacobianMatching.expectedTerm(teacher, student, probabilities))
                .isCloseTo(-.7318705257, within(1e-6));
    }

    /** p_k (W_k - Σ p W) / τ with p = softmax(z / τ). */
    @Test
    void temperature_softensTheSoftmax() {
        double[] z = {.3 - .1, -.15 - .2, .06 + .2};
        double sum = Math.exp(z[0] / 4) + Math.exp(z[1] / 4) + Math.exp(z[2] / 4);
        double[][] softened = jacobian(4, TEACHER);
        for (int d = 0; d < 2; d++) {
            double mean = 0;
            for (int k = 0; k < 3; k++) {
                mean += Math.exp(z[k] / 4) / sum * TEACHER[2 * k + d];
            }
            for (int k = 0; k < 3; k++) {
                double expected = Math.exp(z[k] / 4) / sum * (TEACHER[2 * k + d] - mean) / 4;
                assertThat(softened[k][d]).isCloseTo(expected, within(1e-7));
            }
        }
    }

    /** The logit of class 1 leads by 20: in float32 its probability is 1 and every row of the Jacobian 0. */
    @Test
    void saturatedNetwork_keepsItsJacobian() {
        float[] sure = TEACHER.clone();
        sure[7] = 20;
        double[][] jacobian = jacobian(1, sure);
        double first = Math.exp(.2 - (20 - .35));
        double last = Math.exp(.26 - (20 - .35));
        assertThat(jacobian[0]).containsExactly(new double[] {first * 1.5, first * -.5}, within(first * 1e-5));
        assertThat(jacobian[1])
                .containsExactly(
                        new double[] {-first * 1.5 - last * .7, first * .5 + last * 2}, within((first + last) * 1e-5));
    }

    /** Up to the kinks of the rectifiers within the step; a wrong Jacobian is off by its own size. */
    @ParameterizedTest
    @EnumSource(Kind.class)
    void residualNetwork_movesAsItsJacobianSays(Kind kind) {
        Network network = Networks.named(
                "resnet-8",
                kind,
                4,
                1,
                kind == Kind.PLAIN ? 1 : 2,
                new ImageInput(3, 8, 8, 5, List.of(.4f, .5f, .6f), List.of(.2f, .25f, .3f)));
        Weights weights = Initialisation.weights(network, manager, 3);
        NDArray images = images(3);
        double[][][][] jacobians = Jacobians.ofProbabilities(network, weights, images, 4);
        assertThat(jacobians).hasNumberOfRows(network.members());
        NDArray direction = manager.create(GuideVector.draw(7, 5, 3, 192), images.getShape());
        NDArray step = direction.mul(1e-3f);
        float[] there = softened(network, weights, images.add(step));
        float[] back = softened(network, weights, images.sub(step));
        double error = 0;
        double size = 0;
        for (int row = 0; row < there.length / 5; row++) {
            for (int k = 0; k < 5; k++) {
                double slope = (there[5 * row + k] - back[5 * row + k]) / 2e-3;
                double expected = dot(jacobians[row / 3][row % 3][k], direction.toFloatArray(), row % 3);
                error += Math.pow(slope - expected, 2);
                size += Math.pow(expected, 2);
            }
        }
        assertThat(size).isPositive();
        assertThat(Math.sqrt(error / size)).isLessThan(0.1);
    }

    private NDArray images(int count) {
        return manager.create(GuideVector.draw(1, 0, count, 192), new Shape(count, 3, 8, 8))
                .add(1f)
                .div(2f);
    }

    private static float[] softened(Network network, Weights weights, NDArray images) {
        return network.logits(images, weights, false).div(4f).softmax(1).toFloatArray();
    }

    private static double dot(double[] row, float[] direction, int image) {
        double sum = 0;
        for (int d = 0; d < row.length; d++) {
            sum += row[d] * direction[image * row.length + d];
        }
        return sum;
    }

    @Test
    void minibatch_givesEachImageItsOwn_andEnsembleEachMember() {
        LinearNetwork network = LinearNetwork.plain(192, 3);
        Weights[] members = {
            network.weights(manager, GuideVector.draw(1, 1, 3, 193)),
            network.weights(manager, GuideVector.draw(2, 1, 3, 193))
        };
        NDArray images = images(3).reshape(3, 1, 1, 192);
        double[][][][] all = Jacobians.ofProbabilities(Ensemble.of(network, List.of(members)), images, 1);
        for (int m = 0; m < 2; m++) {
            for (int i = 0; i < 3; i++) {
                NDArray image = images.get(i + ":" + (i + 1));
                double[][] alone = Jacobians.ofProbabilities(network, members[m], image, 1)[0][0];
                assertThat(JacobianMatching.cosineSimilarity(all[m][i], alone)).isCloseTo(1, within(1e-9));
            }
        }
        assertThat(JacobianMatching.cosineSimilarity(all[0][0], all[1][0])).isLessThan(.9);
        assertThat(members[0].parameters().hasGradient()).isFalse();
        assertThat(members[0].statistics().getFloat(0)).isZero();
    }

    @Test
    void ofProbabilities_leavesNoArraysBehind() {
        Weights weights = linear.weights(manager, TEACHER);
        NDArray image = array(shape(1, 1, 1, 2), IMAGE);
        int before = manager.getManagedArrays().size();
        for (int i = 0; i < 10; i++) {
            Jacobians.ofProbabilities(linear, weights, image, 1);
        }
        assertThat(manager.getManagedArrays()).hasSize(before);
    }

    @Test
    void temperature_isAboveZero() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> jacobian(0, TEACHER))
                .withMessageContaining("above 0");
    }
}
