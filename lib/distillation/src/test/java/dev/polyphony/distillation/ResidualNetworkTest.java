package dev.polyphony.distillation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import dev.polyphony.experiment.ImageInput;
import dev.polyphony.experiment.StreamPart.Outputs;
import dev.polyphony.experiment.StudentPart.Objective;
import dev.polyphony.models.Ensemble;
import dev.polyphony.models.Initialisation;
import dev.polyphony.models.Network;
import dev.polyphony.models.TrainingState;
import dev.polyphony.models.Weights;
import dev.polyphony.models.networks.ResNet;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The method on real networks, as small as they come. */
class ResidualNetworkTest extends Scoped {

    private static final ImageInput INPUT =
            new ImageInput(3, 8, 8, 5, List.of(0.4f, 0.5f, 0.6f), List.of(0.2f, 0.25f, 0.3f));
    private static final int IMAGES = 6;
    private static final int[] LABELS = {0, 1, 2, 3, 4, 0};

    private final Network plain = ResNet.plain(8, 4, 1, INPUT);
    private final Network student = ResNet.batchEnsemble(8, 4, 1, 2, INPUT);

    private NDArray images(long seed) {
        return manager.create(GuideVector.draw(seed, 0, IMAGES, 192), new Shape(IMAGES, 3, 8, 8))
                .add(1f)
                .div(2f);
    }

    /** Finite differences of sum(w * softmax(z / 4)) along the direction itself and along others. */
    @Test
    void direction_isTheGradientOfTheGuidedOutputs() {
        Weights member = Initialisation.weights(plain, manager, 3);
        Ensemble ensemble = Ensembles.of(plain, member);
        NDArray image = images(1).get("0:1");
        NDArray guide = manager.create(GuideVector.draw(2, 0, 1, 5), new Shape(1, 5));
        NDArray unit = new OutputDirections(ensemble, Outputs.PROBABILITIES, 4, 1)
                .towards(image, guide, 0)
                .unit();
        double length = slope(member, image, unit, guide);
        assertThat(length).isPositive();
        for (long seed = 0; seed < 10; seed++) {
            NDArray other = manager.create(GuideVector.draw(seed, 5, 1, 192), new Shape(1, 3, 8, 8));
            other = other.div(other.norm());
            double cosine = other.mul(unit).sum().getFloat();
            assertThat(slope(member, image, other, guide)).isCloseTo(length * cosine, within(0.02 * length));
        }
        assertThat(member.parameters().hasGradient()).isFalse();
    }

    private double slope(Weights member, NDArray image, NDArray direction, NDArray guide) {
        NDArray step = direction.mul(2e-3f);
        return (guided(member, image.add(step), guide) - guided(member, image.sub(step), guide)) / 4e-3;
    }

    private double guided(Weights member, NDArray image, NDArray guide) {
        float[] softened = plain.logits(image, member, false).div(4f).softmax(1).toFloatArray();
        double sum = 0;
        for (int k = 0; k < softened.length; k++) {
            sum += (double) softened[k] * guide.getFloat(0, k);
        }
        return sum;
    }

    @Test
    void training_continuesBitForBit_withItsRunningStatistics() {
        float[] parameters;
        float[] statistics;
        float[] momentum;
        float[] whole;
        TrainingState fresh = TrainingState.fresh(Initialisation.weights(student, manager, 4));
        try (StudentTraining training = new StudentTraining(student, fresh, Students.usual(Objective.ONE_TO_ONE), 10)) {
            run(training, 0, 3);
            parameters = fresh.weights().parameters().toFloatArray();
            statistics = fresh.weights().statistics().toFloatArray();
            momentum = fresh.momentum().toFloatArray();
            run(training, 3, 6);
            whole = everything(fresh);
        }
        TrainingState restored = new TrainingState(
                new Weights(manager.create(parameters), manager.create(statistics)), manager.create(momentum));
        try (StudentTraining training =
                new StudentTraining(student, restored, Students.usual(Objective.ONE_TO_ONE), 10)) {
            run(training, 3, 6);
            assertThat(everything(restored)).isEqualTo(whole);
        }
    }

    @Test
    void step_movesStatistics_asACleanAndThenAPerturbedPassDo() {
        TrainingState state = TrainingState.fresh(Initialisation.weights(student, manager, 4));
        Weights other = Initialisation.weights(student, manager, 4);
        student.logits(images(10), other, true);
        student.logits(images(20), other, true);
        float[] expected = other.statistics().toFloatArray();
        try (StudentTraining training = new StudentTraining(student, state, Students.usual(Objective.ONE_TO_ONE), 10)) {
            run(training, 0, 1);
            assertClose(state.weights().statistics().toFloatArray(), 1e-6, doubles(expected));
        }
    }

    private static double[] doubles(float[] values) {
        double[] doubles = new double[values.length];
        for (int i = 0; i < values.length; i++) {
            doubles[i] = values[i];
        }
        return doubles;
    }

    private void run(StudentTraining training, int from, int to) {
        for (int step = from; step < to; step++) {
            NDArray teacher = manager.create(GuideVector.draw(9, step, 2 * IMAGES, 5), new Shape(2, IMAGES, 5));
            training.step(images(10 + step), images(20 + step), LABELS, teacher, step, 0);
        }
    }

    private float[] everything(TrainingState state) {
        return state.weights()
                .parameters()
                .concat(state.weights().statistics())
                .concat(state.momentum())
                .toFloatArray();
    }

    @Test
    void training_leavesNoArraysBehind() {
        TrainingState state = TrainingState.fresh(Initialisation.weights(student, manager, 4));
        try (StudentTraining training = new StudentTraining(student, state, Students.usual(Objective.ONE_TO_ONE), 10)) {
            NDArray clean = images(1);
            NDArray perturbed = images(2);
            NDArray teacher = manager.zeros(new Shape(2, IMAGES, 5));
            training.step(clean, perturbed, LABELS, teacher, 0, 0);
            int before = manager.getManagedArrays().size();
            double last = 0;
            for (int step = 0; step < 50; step++) {
                last = training.step(clean, perturbed, LABELS, teacher, step / 5, 0)
                        .total();
            }
            assertThat(manager.getManagedArrays()).hasSize(before);
            assertThat(last).isFinite();
        }
    }
}
