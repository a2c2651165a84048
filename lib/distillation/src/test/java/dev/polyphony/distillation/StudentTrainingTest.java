package dev.polyphony.distillation;

import static dev.polyphony.distillation.Students.CLASSES;
import static dev.polyphony.distillation.Students.MEMBERS;
import static dev.polyphony.distillation.Students.NETWORK;
import static dev.polyphony.distillation.Students.PIXELS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import dev.polyphony.experiment.StudentPart.Objective;
import dev.polyphony.experiment.UserMistake;
import dev.polyphony.models.TrainingState;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;

class StudentTrainingTest extends Scoped {

    private static final int IMAGES = 5;
    private static final int[] LABELS = {0, 2, 1, 1, 0};
    private static final float[] CLEAN = Students.pixels(1, IMAGES);
    private static final float[] PERTURBED = Students.pixels(2, IMAGES);
    private static final float[] TEACHER = Students.logits(3, IMAGES);

    private NDArray images(float[] pixels) {
        return array(shape(IMAGES, 1, 1, PIXELS), pixels);
    }

    private NDArray teacher() {
        return array(shape(MEMBERS, IMAGES, CLASSES), TEACHER);
    }

    @Test
    void step_descendsTheGradientOfBothTerms() {
        try (StudentTraining training = new StudentTraining(
                NETWORK, Students.state(manager), Students.plainDescent(Objective.ONE_TO_ONE), 10)) {
            Losses losses = training.step(images(CLEAN), images(PERTURBED), LABELS, teacher(), 0, 0);
            ToDoubleFunction<double[]> total =
                    weights -> DoubleStudent.total(weights, CLEAN, PERTURBED, LABELS, TEACHER);
            assertIsGradient(training, losses, total);
            double[] before = doubles(Students.values());
            assertThat(losses.crossEntropy())
                    .isCloseTo(DoubleStudent.crossEntropy(before, CLEAN, LABELS), within(1e-6));
            assertThat(losses.divergence())
                    .isCloseTo(DoubleStudent.divergence(before, PERTURBED, TEACHER), within(1e-6));
        }
    }

    @Test
    void step_ofAnUnperturbedStream_descendsBothTermsOnCleanImages() {
        try (StudentTraining training = new StudentTraining(
                NETWORK, Students.state(manager), Students.plainDescent(Objective.ONE_TO_ONE), 10)) {
            Losses losses = training.step(images(CLEAN), null, LABELS, teacher(), 0, 0);
            assertIsGradient(training, losses, weights -> DoubleStudent.total(weights, CLEAN, CLEAN, LABELS, TEACHER));
            assertThat(statistic(training)).isEqualTo(LinearNetwork.statisticAfter(1));
        }
    }

    @Test
    void step_withCrossEntropy_ignoresTeacherAndPerturbation() {
        try (StudentTraining training = new StudentTraining(
                NETWORK, Students.state(manager), Students.plainDescent(Objective.CROSS_ENTROPY), 10)) {
            Losses losses = training.step(images(CLEAN), images(PERTURBED), LABELS, teacher(), 0, 0);
            assertIsGradient(training, losses, weights -> DoubleStudent.crossEntropy(weights, CLEAN, LABELS));
            assertThat(losses.divergence()).isZero();
            assertThat(statistic(training)).isEqualTo(LinearNetwork.statisticAfter(1));
        }
    }

    /** In the first epoch the temperature is 10: the likelihood counts a hundredfold, and cross-entropy not at all. */
    @Test
    void step_withEnd2_descendsTheLikelihoodOnCleanImages() {
        try (StudentTraining training =
                new StudentTraining(NETWORK, Students.state(manager), Students.plainDescent(Objective.END2), 1)) {
            Losses losses = training.step(images(CLEAN), null, LABELS, teacher(), 0, 0);
            assertThat(losses.total()).isCloseTo(100 * losses.divergence(), within(1e-3));
            assertThat(losses.crossEntropy()).isPositive();
            assertThat(statistic(training)).isEqualTo(LinearNetwork.statisticAfter(1));
        }
    }

    private static float statistic(StudentTraining training) {
        return training.state().weights().statistics().getFloat(0);
    }

    private static void assertIsGradient(StudentTraining training, Losses losses, ToDoubleFunction<double[]> total) {
        double[] before = doubles(Students.values());
        float[] after = training.state().weights().parameters().toFloatArray();
        assertThat(losses.total()).isCloseTo(total.applyAsDouble(before), within(1e-5));
        double square = 0;
        for (int i = 0; i < before.length; i++) {
            double gradient = derivative(total, before, i);
            assertThat(before[i] - after[i]).as("parameter %s", i).isCloseTo(gradient, within(1e-5));
            square += gradient * gradient;
        }
        assertThat(losses.gradientNorm()).isCloseTo(Math.sqrt(square), within(1e-5));
    }

    private static double derivative(ToDoubleFunction<double[]> function, double[] at, int index) {
        double h = 1e-5;
        double[] there = at.clone();
        there[index] += h;
        double above = function.applyAsDouble(there);
        there[index] -= 2 * h;
        return (above - function.applyAsDouble(there)) / (2 * h);
    }

    private static double[] doubles(float[] values) {
        double[] doubles = new double[values.length];
        for (int i = 0; i < values.length; i++) {
            doubles[i] = values[i];
        }
        return doubles;
    }

    @Test
    void step_seesCleanAndPerturbedImages_inTrainingMode() {
        RecordingNetwork network = new RecordingNetwork(NETWORK);
        try (StudentTraining training =
                new StudentTraining(network, Students.state(manager), Students.usual(Objective.ONE_TO_ONE), 10)) {
            training.step(images(CLEAN), images(PERTURBED), LABELS, teacher(), 0, 0);
            assertThat(network.firstPixels()).containsExactlyInAnyOrder(CLEAN[0], PERTURBED[0]);
            assertThat(network.trainingModes()).containsExactly(true, true);
            assertThat(statistic(training)).isCloseTo(LinearNetwork.statisticAfter(2), within(1e-6f));
        }
    }

    @Test
    void step_givesRankOneFactorsTheirShareOfTheRate() {
        float[] full = afterOneStep(1);
        float[] half = afterOneStep(0.5);
        float[] before = Students.values();
        for (int i = 0; i < before.length; i++) {
            float share = i < CLASSES * PIXELS + CLASSES ? 1 : 0.5f;
            assertThat(half[i] - before[i]).isCloseTo(share * (full[i] - before[i]), within(1e-6f));
        }
    }

    private float[] afterOneStep(double rankOneFactor) {
        try (StudentTraining training = new StudentTraining(
                NETWORK, Students.state(manager), Students.part(Objective.ONE_TO_ONE, 1, 0, rankOneFactor, 0, 1), 10)) {
            training.step(images(CLEAN), images(PERTURBED), LABELS, teacher(), 0, 0);
            return training.state().weights().parameters().toFloatArray();
        }
    }

    @Test
    void step_followsTheSchedule() {
        try (StudentTraining training = new StudentTraining(
                NETWORK, Students.state(manager), Students.part(Objective.ONE_TO_ONE, 1, 0, 1, 0, 5), 10)) {
            Losses losses = training.step(images(CLEAN), null, LABELS, teacher(), 2, 0);
            NDArray change = training.state().weights().parameters().sub(manager.create(Students.values()));
            assertThat((double) change.norm().getFloat()).isCloseTo(0.505 * losses.gradientNorm(), within(1e-5));
        }
    }

    @Test
    void step_withoutFiniteLoss_saysSo_andLeavesTheWeightsAlone() {
        float[] broken = TEACHER.clone();
        broken[0] = Float.NaN;
        try (StudentTraining training =
                new StudentTraining(NETWORK, Students.state(manager), Students.usual(Objective.ONE_TO_ONE), 10)) {
            training.step(images(CLEAN), images(PERTURBED), LABELS, teacher(), 2, 0);
            float[] weights = training.state().weights().parameters().toFloatArray();
            float[] momentum = training.state().momentum().toFloatArray();
            assertThatThrownBy(() -> training.step(
                            images(CLEAN),
                            images(PERTURBED),
                            LABELS,
                            array(shape(MEMBERS, IMAGES, CLASSES), broken),
                            2,
                            0))
                    .isInstanceOf(DivergedException.class)
                    .isInstanceOf(UserMistake.class)
                    .hasMessageContaining("epoch 3")
                    .hasMessageContaining("learning rate 0.1")
                    .hasMessageContaining("divergence NaN");
            assertThat(training.state().weights().parameters().toFloatArray()).isEqualTo(weights);
            assertThat(training.state().momentum().toFloatArray()).isEqualTo(momentum);
        }
    }

    @Test
    void step_withoutWhatDistillationNeeds_isAMistake() {
        try (StudentTraining training =
                new StudentTraining(NETWORK, Students.state(manager), Students.usual(Objective.ONE_TO_ONE), 10)) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> training.step(images(CLEAN), null, LABELS, null, 0, 0))
                    .withMessageContaining("logits");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> training.step(
                            images(CLEAN), null, LABELS, array(shape(1, IMAGES, CLASSES), new float[15]), 0, 0))
                    .withMessageContaining("(5, 3)");
        }
    }

    @Test
    void step_continuesBitForBit_fromASavedState() {
        float[] whole;
        float[] weights;
        float[] momentum;
        try (StudentTraining training =
                new StudentTraining(NETWORK, Students.state(manager), Students.usual(Objective.ONE_TO_ONE), 10)) {
            run(training, 0, 4);
            weights = training.state().weights().parameters().toFloatArray();
            momentum = training.state().momentum().toFloatArray();
            run(training, 4, 10);
            whole = training.state().weights().parameters().toFloatArray();
        }
        TrainingState restored = new TrainingState(NETWORK.weights(manager, weights), manager.create(momentum));
        try (StudentTraining training =
                new StudentTraining(NETWORK, restored, Students.usual(Objective.ONE_TO_ONE), 10)) {
            run(training, 4, 10);
            assertThat(training.state().weights().parameters().toFloatArray()).isEqualTo(whole);
        }
    }

    @Test
    void step_leavesNoArraysBehind() {
        try (StudentTraining training =
                new StudentTraining(NETWORK, Students.state(manager), Students.usual(Objective.ONE_TO_ONE), 50)) {
            NDArray clean = images(CLEAN);
            NDArray perturbed = images(PERTURBED);
            NDArray teacher = teacher();
            training.step(clean, perturbed, LABELS, teacher, 0, 0);
            int before = manager.getManagedArrays().size();
            for (int step = 0; step < 50; step++) {
                training.step(clean, perturbed, LABELS, teacher, step, 0);
            }
            assertThat(manager.getManagedArrays()).hasSize(before);
        }
    }

    private void run(StudentTraining training, int from, int to) {
        for (int step = from; step < to; step++) {
            training.step(images(CLEAN), images(PERTURBED), LABELS, teacher(), step, 0);
        }
    }
}
