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
import dev.polyphony.streaming.reader.Taught;
import dev.polyphony.wire.Minibatch;
import dev.polyphony.wire.Tensor;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** One step of the student on one taught minibatch. */
final class StudentStage {

    private final NDManager manager;
    private final Experiment experiment;
    private final StudentTraining training;

    StudentStage(NDManager manager, Experiment experiment, StudentTraining training) {
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
            return training.step(
                    images.clean(),
                    images.perturbed(),
                    minibatch.labels().toInts(),
                    logits(taught.logits().logits()),
                    minibatch.epoch(),
                    minibatch.step());
        }
    }

    private NDArray logits(Tensor logits) {
        ByteBuffer bytes = logits.data();
        ByteBuffer direct = ByteBuffer.allocateDirect(bytes.remaining()).order(ByteOrder.nativeOrder());
        direct.put(bytes).flip();
        return manager.create(direct, new Shape(logits.dimensions()), DataType.FLOAT32);
    }
}
