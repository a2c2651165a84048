package dev.polyphony.student;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import dev.polyphony.datasets.Experiment;
import dev.polyphony.distillation.Losses;
import dev.polyphony.distillation.StreamImages;
import dev.polyphony.distillation.StudentTraining;
import dev.polyphony.models.Network;
import dev.polyphony.models.engine.Recording;
import dev.polyphony.scoring.Diversity;
import dev.polyphony.scoring.Predictions;
import dev.polyphony.streaming.reader.Taught;
import dev.polyphony.wire.Minibatch;
import dev.polyphony.wire.Tensor;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** One step of the student on one taught minibatch. */
final class StudentStage {

    private static final int DIVERSITY_EVERY = 20;

    private final NDManager manager;
    private final Experiment experiment;
    private final Network network;
    private final StudentTraining training;
    private final StudentMeters meters;

    StudentStage(
            NDManager manager, Experiment experiment, Network network, StudentTraining training, StudentMeters meters) {
        this.network = network;
        this.meters = meters;
        this.manager = manager;
        this.experiment = experiment;
        this.training = training;
    }

    Losses apply(Taught taught) {
        Minibatch minibatch = taught.minibatch();
        Tensor perturbation = minibatch.perturbation();
        try (NDScope scope = new NDScope()) {
            scope.suppressNotUsedWarning();
            StreamImages images = StreamImages.of(
                    manager,
                    experiment.input(),
                    minibatch.images().data(),
                    perturbation == null ? null : perturbation.data(),
                    DataType.valueOf(experiment.recipe().stream().precision().name()));
            int[] labels = minibatch.labels().toInts();
            Losses losses = training.step(
                    images.clean(),
                    images.perturbed(),
                    labels,
                    logits(taught.logits().logits()),
                    minibatch.epoch(),
                    minibatch.step());
            if (minibatch.step() % DIVERSITY_EVERY == 0) {
                meters.diversity(meanKld(images.compared(), labels));
            }
            return losses;
        }
    }

    /** How much the subnetworks differ, in evaluation mode; it costs a pass of its own, so only now and then. */
    private double meanKld(NDArray images, int[] labels) {
        float[] values = Recording.without(
                () -> network.logits(images, training.state().weights(), false).toFloatArray());
        return Diversity.meanKld(Predictions.of(values, network.members(), labels));
    }

    private NDArray logits(Tensor logits) {
        ByteBuffer bytes = logits.data();
        ByteBuffer direct = ByteBuffer.allocateDirect(bytes.remaining()).order(ByteOrder.nativeOrder());
        direct.put(bytes).flip();
        return manager.create(direct, new Shape(logits.dimensions()), DataType.FLOAT32);
    }
}
