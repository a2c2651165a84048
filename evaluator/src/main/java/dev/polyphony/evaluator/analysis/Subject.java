package dev.polyphony.evaluator.analysis;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.polyphony.datasets.Augmenter;
import dev.polyphony.datasets.Experiment;
import dev.polyphony.datasets.Images;
import dev.polyphony.distillation.Perturbation;
import dev.polyphony.distillation.Perturbations;
import dev.polyphony.experiment.DatasetPart.Augmentation;
import dev.polyphony.experiment.StreamPart;
import dev.polyphony.experiment.StreamPlan;
import dev.polyphony.models.Ensemble;
import dev.polyphony.models.Network;
import dev.polyphony.models.Pixels;
import dev.polyphony.models.Weights;
import dev.polyphony.models.store.EnsembleFiles;
import dev.polyphony.models.store.ModelFile;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What is analysed: a student beside its teachers. What is drawn at random depends on the ensemble's identity and not on
 * the stream or the student: students of one ensemble are measured on the same images with the same draws of noise and
 * guide vectors. How far these move an image is the stream's step size, so that perturbations are the same only where
 * streams agree in that, and those of output diversified sampling where they agree in guide, outputs and temperature too.
 *
 * @param experiment of the run
 * @param manager of the engine
 * @param ensemble the teachers
 * @param externalGuide whose outputs output diversified sampling differentiates, in place of the teachers'
 * @param student its network
 * @param weights of the student
 */
record Subject(
        Experiment experiment,
        NDManager manager,
        Ensemble ensemble,
        @Nullable Ensemble externalGuide,
        Network student,
        Weights weights)
        implements AutoCloseable {

    /** Loads the teachers; owns the student's weights from now on. */
    static Subject of(Experiment experiment, NDManager manager, EnsembleFiles files, ModelFile.Content student) {
        Ensemble ensemble = files.load(manager, experiment.recipe().ensemble(), experiment.input());
        Ensemble guide =
                switch (experiment.recipe().stream().guide()) {
                    case MEMBERS -> null;
                    case EXTERNAL -> files.guides(manager, experiment.recipe(), experiment.input());
                };
        return new Subject(experiment, manager, ensemble, guide, student.network(), student.weights());
    }

    /** Training images in random order, without augmentation: {@code count}, or all if there are fewer. */
    Images trainingImages(int count) {
        Images train = experiment.dataset().train();
        int[] indices = new StreamPlan(train.count(), Math.min(count, train.count()), 1, seed()).indices(0);
        byte[] pixels = Augmenter.draw(train, indices, Augmentation.NONE, seed(), 0);
        return new Images(
                train.shape(),
                pixels,
                Arrays.stream(indices).map(i -> train.labels()[i]).toArray());
    }

    /** Some images in a row, float32 [count, C, H, W] in [0, 1]; the caller's scope closes them. */
    NDArray images(Images images, int from, int count) {
        int size = images.shape().pixels();
        ByteBuffer direct = ByteBuffer.allocateDirect(count * size);
        direct.put(images.pixels(), from * size, count * size).flip();
        return Pixels.toImages(manager, direct, experiment.input());
    }

    /**
     * A perturbation of the size that the recipe's stream has, or would have. Its temperature is the stream's if that
     * differentiates outputs itself, else the student's.
     */
    Perturbation perturbation(StreamPart.Perturbation kind) {
        StreamPart stream = experiment.recipe().stream();
        double temperature =
                switch (stream.perturbation()) {
                    case ODS, CONFODS, ADVERSARIAL -> stream.temperature();
                    case NONE, GAUSSIAN -> temperature();
                };
        return Perturbations.of(
                new StreamPart(
                        kind,
                        stream.guide(),
                        stream.outputs(),
                        stream.stepSize(),
                        temperature,
                        stream.precision(),
                        stream.batchSize(),
                        stream.epochs(),
                        seed(),
                        stream.record()),
                externalGuide == null ? ensemble : externalGuide);
    }

    /** Of the student's distillation term. */
    double temperature() {
        return experiment.recipe().student().temperature();
    }

    private long seed() {
        return Long.parseLong(experiment.identities().ensembleId(), 16);
    }

    @Override
    public void close() {
        ensemble.close();
        if (externalGuide != null) {
            externalGuide.close();
        }
        weights.close();
    }
}
