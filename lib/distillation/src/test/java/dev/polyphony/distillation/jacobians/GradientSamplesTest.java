package dev.polyphony.distillation.jacobians;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import dev.polyphony.distillation.GuideVector;
import dev.polyphony.distillation.LinearNetwork;
import dev.polyphony.distillation.Perturbation;
import dev.polyphony.distillation.Perturbations;
import dev.polyphony.distillation.Scoped;
import dev.polyphony.experiment.ImageInput;
import dev.polyphony.experiment.StreamPart;
import dev.polyphony.models.Ensemble;
import dev.polyphony.models.Initialisation;
import dev.polyphony.models.Network;
import dev.polyphony.models.Weights;
import dev.polyphony.models.networks.ResNet;
import dev.polyphony.scoring.jacobians.SignalToNoise;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class GradientSamplesTest extends Scoped {

    private static final float[] TEACHER = {1, .5f, -.5f, 1, .2f, -1, 0, 0, 0};
    private static final float[] STUDENT = {.8f, .1f, -.2f, .9f, 0, -.7f, 0, 0, 0};
    private static final double[] TEACHER_JACOBIAN = {
        .2462798094, .1873105963, -.1858720719, .2173898668, -.0604077375, -.404700463
    };
    private static final float[] IMAGE = {.3f, -.2f};

    private final LinearNetwork linear = LinearNetwork.plain(2, 3);

    private Ensemble ensemble(Network network, Weights... members) {
        return Ensemble.of(network, List.of(members));
    }

    private static List<float[]> take(GradientSamples samples, NDArray images, NDArray perturbations) {
        List<float[]> gradients = new ArrayList<>();
        samples.take(images, perturbations, gradients::add);
        return gradients;
    }

    /** Sum over steps along each pixel, over the squared length: what unit noise expects. */
    private double[] overUnitSteps(float length) {
        GradientSamples samples = new GradientSamples(
                linear, linear.weights(manager, STUDENT), ensemble(linear, linear.weights(manager, TEACHER)), 1);
        NDArray images = array(shape(2, 1, 1, 2), IMAGE[0], IMAGE[1], IMAGE[0], IMAGE[1]);
        double[] sum = new double[9];
        for (float[] gradient : take(samples, images, array(shape(2, 1, 1, 2), length, 0, 0, length))) {
            for (int i = 0; i < sum.length; i++) {
                sum[i] += gradient[i] / (length * (double) length);
            }
        }
        return sum;
    }

    /**
     * For a linear softmax the term is linear in the student's matrix: its gradient is minus the teacher's Jacobian,
     * and its value, worked by hand, that gradient times the matrix.
     */
    @Test
    void linearSoftmax_hasTheGradientWorkedByHand() {
        double[] gradient = overUnitSteps(.01f);
        double term = 0;
        for (int i = 0; i < 6; i++) {
            assertThat(gradient[i]).isCloseTo(-TEACHER_JACOBIAN[i], within(5e-5));
            term += gradient[i] * STUDENT[i];
        }
        assertThat(term).isCloseTo(-.7318705257, within(1e-4));
        for (int i = 6; i < 9; i++) {
            assertThat(gradient[i]).isCloseTo(0, within(1e-3));
        }
    }

    @Test
    void error_fallsWithTheSquareOfTheStep() {
        double[] coarse = overUnitSteps(.4f);
        double[] fine = overUnitSteps(.2f);
        for (int i = 0; i < 6; i++) {
            double error = fine[i] + TEACHER_JACOBIAN[i];
            assertThat(coarse[i] + TEACHER_JACOBIAN[i]).isCloseTo(4 * error, within(.4 * Math.abs(error) + 1e-5));
        }
    }

    /** The difference with its logarithms, in double precision, by each parameter of a student of two subnetworks. */
    @Test
    void gradient_isThatOfTheAntitheticDifference() {
        LinearNetwork student = LinearNetwork.batchEnsemble(2, 3, 2);
        float[] parameters = GuideVector.draw(4, 0, 1, 19);
        float[][] members = {TEACHER, STUDENT};
        Ensemble teachers = ensemble(linear, linear.weights(manager, members[0]), linear.weights(manager, members[1]));
        GradientSamples samples = new GradientSamples(student, student.weights(manager, parameters), teachers, 4);
        float[] step = {.3f, .2f};
        float[] actual = take(samples, array(shape(1, 1, 1, 2), IMAGE), array(shape(1, 1, 1, 2), step))
                .get(0);
        for (int i = 0; i < parameters.length; i++) {
            double slope =
                    (loss(moved(parameters, i, 1e-5), members, step) - loss(moved(parameters, i, -1e-5), members, step))
                            / 2e-5;
            assertThat((double) actual[i]).as("parameter %s", i).isCloseTo(slope, within(1e-6));
        }
    }

    private static double[] moved(float[] parameters, int index, double by) {
        double[] moved = new double[parameters.length];
        for (int i = 0; i < moved.length; i++) {
            moved[i] = parameters[i] + (i == index ? by : 0);
        }
        return moved;
    }

    private static double loss(double[] student, float[][] members, float[] step) {
        double sum = 0;
        for (int m = 0; m < 2; m++) {
            double[] teacherThere = softmax(teacher(members[m], step, 1));
            double[] teacherBack = softmax(teacher(members[m], step, -1));
            double[] there = softmax(student(student, m, step, 1));
            double[] back = softmax(student(student, m, step, -1));
            for (int k = 0; k < 3; k++) {
                sum -= (teacherThere[k] - teacherBack[k]) * (Math.log(there[k]) - Math.log(back[k])) / 4 / 2;
            }
        }
        return sum;
    }

    private static double[] teacher(float[] member, float[] step, int sign) {
        double[] logits = new double[3];
        for (int k = 0; k < 3; k++) {
            for (int d = 0; d < 2; d++) {
                logits[k] += member[2 * k + d] * (IMAGE[d] + sign * (double) step[d]);
            }
        }
        return logits;
    }

    private static double[] student(double[] parameters, int m, float[] step, int sign) {
        double[] logits = new double[3];
        for (int k = 0; k < 3; k++) {
            for (int d = 0; d < 2; d++) {
                logits[k] += parameters[2 * k + d] * parameters[9 + 2 * m + d] * (IMAGE[d] + sign * (double) step[d]);
            }
            logits[k] = logits[k] * parameters[13 + 3 * m + k] + parameters[6 + k];
        }
        return logits;
    }

    private static double[] softmax(double[] logits) {
        double[] probabilities = new double[3];
        double sum = 0;
        for (int k = 0; k < 3; k++) {
            probabilities[k] = Math.exp(logits[k] / 4);
            sum += probabilities[k];
        }
        for (int k = 0; k < 3; k++) {
            probabilities[k] /= sum;
        }
        return probabilities;
    }

    @Test
    void singleStudent_learnsFromTheMembersMean() {
        Weights student = linear.weights(manager, GuideVector.draw(8, 0, 1, 9));
        Weights[] members = {linear.weights(manager, TEACHER), linear.weights(manager, STUDENT)};
        NDArray image = array(shape(1, 1, 1, 2), IMAGE);
        NDArray step = array(shape(1, 1, 1, 2), .3f, .2f);
        float[] ofBoth = take(new GradientSamples(linear, student, ensemble(linear, members), 1), image, step)
                .get(0);
        float[] ofFirst = take(new GradientSamples(linear, student, ensemble(linear, members[0]), 1), image, step)
                .get(0);
        float[] ofSecond = take(new GradientSamples(linear, student, ensemble(linear, members[1]), 1), image, step)
                .get(0);
        for (int i = 0; i < 9; i++) {
            assertThat(ofBoth[i]).isCloseTo((ofFirst[i] + ofSecond[i]) / 2, within(1e-7f));
        }
        assertThat(ofFirst[0]).isNotEqualTo(ofSecond[0]);
    }

    /** Along the gradient the difference, computed from float32 logits, falls as steeply as the gradient is long. */
    @Test
    void residualNetwork_hasTheGradientOfItsDifference() {
        ImageInput input = new ImageInput(3, 8, 8, 5, List.of(.4f, .5f, .6f), List.of(.2f, .25f, .3f));
        Network plain = ResNet.plain(8, 4, 1, input);
        Network student = ResNet.batchEnsemble(8, 4, 1, 2, input);
        Weights weights = Initialisation.weights(student, manager, 5);
        float[] statistics = weights.statistics().toFloatArray();
        Ensemble teachers =
                ensemble(plain, Initialisation.weights(plain, manager, 1), Initialisation.weights(plain, manager, 2));
        NDArray images = manager.create(GuideVector.draw(1, 0, 2, 192), new Shape(2, 3, 8, 8))
                .add(1f)
                .div(2f);
        NDArray steps = manager.create(GuideVector.draw(2, 0, 2, 192), images.getShape())
                .mul(.1f);
        int before = manager.getManagedArrays().size();
        List<float[]> gradients = take(new GradientSamples(student, weights, teachers, 1), images, steps);
        assertThat(manager.getManagedArrays()).hasSize(before);
        assertThat(weights.parameters().hasGradient()).isFalse();
        assertThat(weights.statistics().toFloatArray()).isEqualTo(statistics);
        for (int row = 0; row < 2; row++) {
            NDArray gradient = manager.create(gradients.get(row));
            double length = gradient.norm().getFloat();
            NDArray along = gradient.mul((float) (1e-3 / length));
            NDArray image = images.get(row + ":" + (row + 1));
            NDArray step = steps.get(row + ":" + (row + 1));
            Weights there = new Weights(weights.parameters().add(along), weights.statistics());
            Weights back = new Weights(weights.parameters().sub(along), weights.statistics());
            double slope = (difference(student, there, teachers, image, step)
                            - difference(student, back, teachers, image, step))
                    / 2e-3;
            assertThat(slope).isCloseTo(length, within(.03 * length));
        }
    }

    private static double difference(Network student, Weights weights, Ensemble teachers, NDArray image, NDArray step) {
        NDArray there = image.add(step);
        NDArray back = image.sub(step);
        NDArray ofTeachers = teachers.logits(there)
                .softmax(2)
                .sub(teachers.logits(back).softmax(2))
                .reshape(2, 5);
        NDArray ofStudent = student.logits(there, weights, false)
                .logSoftmax(1)
                .sub(student.logits(back, weights, false).logSoftmax(1));
        return ofTeachers.mul(ofStudent).sum().getFloat() / -8.0;
    }

    /** The paper's claim where it can be derived: a linear teacher of 3 classes and 48 pixels (paper, sec. 5.3). */
    @Test
    void outputDiversifiedSamples_areLessNoisyThanGaussianOnes() {
        assertThat(ratio(StreamPart.Perturbation.ODS)).isGreaterThan(3 * ratio(StreamPart.Perturbation.GAUSSIAN));
    }

    private double ratio(StreamPart.Perturbation kind) {
        LinearNetwork network = LinearNetwork.plain(48, 3);
        Ensemble teachers = ensemble(
                network,
                network.weights(manager, GuideVector.draw(1, 0, 3, 49)),
                network.weights(manager, GuideVector.draw(2, 0, 3, 49)));
        Weights student = network.weights(manager, GuideVector.draw(3, 0, 3, 49));
        StreamPart stream = new StreamPart(
                kind,
                StreamPart.Guide.MEMBERS,
                StreamPart.Outputs.PROBABILITIES,
                1,
                1,
                StreamPart.Precision.FLOAT32,
                1,
                1,
                9,
                StreamPart.Recording.PACED);
        Perturbation perturbation = Perturbations.of(stream, teachers);
        GradientSamples samples = new GradientSamples(network, student, teachers, 1);
        NDArray image = manager.create(GuideVector.draw(5, 0, 1, 48), new Shape(1, 1, 1, 48));
        SignalToNoise ratio = new SignalToNoise(147);
        for (int draw = 0; draw < 64; draw++) {
            NDArray step = perturbation
                    .perturb(image, new int[] {0}, draw)
                    .perturbation()
                    .orElseThrow();
            samples.take(image, step, ratio::add);
        }
        return ratio.ratio();
    }

    @Test
    void take_refusesPerturbationsOfAnotherShape() {
        GradientSamples samples = new GradientSamples(
                linear, linear.weights(manager, STUDENT), ensemble(linear, linear.weights(manager, TEACHER)), 1);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> take(samples, array(shape(1, 1, 1, 2), IMAGE), array(shape(2, 1, 1, 2), 1, 2, 3, 4)))
                .withMessageContaining("(2, 1, 1, 2)");
    }
}
