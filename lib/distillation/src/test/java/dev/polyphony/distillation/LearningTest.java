package dev.polyphony.distillation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.Shape;
import dev.polyphony.experiment.EnsemblePart;
import dev.polyphony.experiment.StreamPart;
import dev.polyphony.experiment.StudentPart.Objective;
import dev.polyphony.models.Ensemble;
import dev.polyphony.models.TrainingState;
import dev.polyphony.models.Weights;
import org.junit.jupiter.api.Test;

/** The whole method on three groups of points: two members learn, a student of two subnetworks learns from them. */
class LearningTest extends Scoped {

    private static final int IMAGES = 96;
    private static final int EPOCHS = 60;

    private final LinearNetwork plain = LinearNetwork.plain(Students.PIXELS, Students.CLASSES);
    private final int[] labels = labels();

    private static int[] labels() {
        int[] labels = new int[IMAGES];
        for (int i = 0; i < IMAGES; i++) {
            labels[i] = i % Students.CLASSES;
        }
        return labels;
    }

    /** Class k is bright in pixel k. */
    private NDArray images() {
        float[] pixels = Students.pixels(4, IMAGES);
        for (int i = 0; i < IMAGES; i++) {
            for (int d = 0; d < Students.PIXELS; d++) {
                pixels[i * Students.PIXELS + d] = pixels[i * Students.PIXELS + d] * 0.4f + (d == labels[i] ? 0.5f : 0);
            }
        }
        return array(shape(IMAGES, 1, 1, Students.PIXELS), pixels);
    }

    private Weights member(long seed, NDArray images) {
        int size = Students.CLASSES * (Students.PIXELS + 1);
        TrainingState state = new TrainingState(
                plain.weights(manager, GuideVector.draw(seed, 0, 1, size)), manager.zeros(new Shape(size)));
        EnsemblePart.Trained part =
                new EnsemblePart.Trained("linear", 1, 1, 2, IMAGES, 1, 0.9, false, 0, 1, EPOCHS, seed);
        try (MemberTraining training = new MemberTraining(plain, state, part)) {
            double first = training.step(images, labels, 0).crossEntropy();
            double last = first;
            for (int epoch = 1; epoch < EPOCHS; epoch++) {
                last = training.step(images, labels, epoch).total();
            }
            assertThat(last).isLessThan(0.3 * first);
            assertThat(state.weights().statistics().getFloat(0))
                    .isCloseTo(LinearNetwork.statisticAfter(EPOCHS), within(1e-4f));
            return plain.weights(manager, state.weights().parameters().toFloatArray());
        }
    }

    @Test
    void student_learnsFromTheEnsemble_onPerturbedImages() {
        NDArray images = images();
        Ensemble ensemble = Ensembles.of(plain, member(1, images), member(2, images));
        StreamPart stream = new StreamPart(
                StreamPart.Perturbation.CONFODS,
                StreamPart.Guide.MEMBERS,
                StreamPart.Outputs.PROBABILITIES,
                8,
                4,
                StreamPart.Precision.FLOAT32,
                IMAGES,
                EPOCHS,
                1,
                StreamPart.Recording.PACED);
        Perturbation perturbation = Perturbations.of(stream, ensemble);
        try (StudentTraining training = new StudentTraining(
                Students.NETWORK, Students.state(manager), Students.usual(Objective.ONE_TO_ONE), EPOCHS)) {
            double first = 0;
            double last = 0;
            for (int epoch = 0; epoch < EPOCHS; epoch++) {
                last = step(training, perturbation, ensemble, images, epoch).total();
                first = epoch == 0 ? last : first;
            }
            assertThat(last).isLessThan(0.3 * first);
            assertThat(accuracy(training.state().weights(), images)).isGreaterThan(0.95);
        }
    }

    private Losses step(
            StudentTraining training, Perturbation perturbation, Ensemble ensemble, NDArray images, int epoch) {
        try (NDScope scope = new NDScope()) {
            scope.suppressNotUsedWarning();
            NDArray perturbed = PerturbedImages.of(
                    images,
                    perturbation.perturb(images, labels, epoch).perturbation().orElseThrow());
            return training.step(images, perturbed, labels, ensemble.logits(perturbed), epoch, 0);
        }
    }

    private double accuracy(Weights weights, NDArray images) {
        long[] predicted =
                Students.NETWORK.logits(images, weights, false).argMax(1).toLongArray();
        double right = 0;
        for (int row = 0; row < predicted.length; row++) {
            right += predicted[row] == labels[row % IMAGES] ? 1 : 0;
        }
        return right / predicted.length;
    }
}
