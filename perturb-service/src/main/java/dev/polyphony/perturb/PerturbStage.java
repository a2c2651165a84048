package dev.polyphony.perturb;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import dev.polyphony.datasets.Augmenter;
import dev.polyphony.datasets.Experiment;
import dev.polyphony.datasets.Images;
import dev.polyphony.distillation.Perturbation;
import dev.polyphony.distillation.Perturbed;
import dev.polyphony.experiment.StreamPart;
import dev.polyphony.experiment.StreamPlan;
import dev.polyphony.models.Pixels;
import dev.polyphony.streaming.pipeline.Stage;
import dev.polyphony.wire.DataType;
import dev.polyphony.wire.Minibatch;
import dev.polyphony.wire.PlanStep;
import dev.polyphony.wire.Tensor;
import java.nio.ByteBuffer;
import java.util.Locale;
import java.util.Optional;
import java.util.function.DoubleConsumer;
import org.jspecify.annotations.Nullable;

/** Draws, augments and perturbs the minibatch of a step. The same step gives the same bytes, always. */
final class PerturbStage implements Stage<PlanStep, Minibatch> {

    private final NDManager manager;
    private final Experiment experiment;
    private final StreamPlan plan;
    private final Perturbation perturbation;
    private final DoubleConsumer norm;

    /**
     * The stage.
     *
     * @param norm told the mean Euclidean norm of each minibatch's perturbations
     */
    PerturbStage(NDManager manager, Experiment experiment, Perturbation perturbation, DoubleConsumer norm) {
        this.norm = norm;
        this.manager = manager;
        this.experiment = experiment;
        this.plan = experiment.streamPlan();
        this.perturbation = perturbation;
    }

    @Override
    public Minibatch apply(PlanStep step) {
        Images train = experiment.dataset().train();
        StreamPart stream = experiment.recipe().stream();
        int[] indices = plan.indices(step.step());
        byte[] pixels = Augmenter.draw(
                experiment.dataset(),
                indices,
                experiment.recipe().dataset().augmentation(),
                stream.seed(),
                step.step());
        long[] shape = {
            indices.length,
            train.shape().channels(),
            train.shape().height(),
            train.shape().width()
        };
        try (NDScope scope = new NDScope()) {
            scope.suppressNotUsedWarning();
            NDArray images = Pixels.toImages(manager, direct(pixels), experiment.input());
            int[] labels = labels(train, indices);
            Perturbed perturbed = perturbation.perturb(images, labels, step.step());
            norm.accept(perturbed.perturbation().map(PerturbStage::meanNorm).orElse(0.0));
            return new Minibatch(
                    experiment.identities().streamId(),
                    step.step(),
                    step.epoch(),
                    0,
                    1,
                    Tensor.ofBytes(pixels, shape),
                    encode(perturbed.perturbation(), stream.precision(), shape),
                    Tensor.ofInts(labels),
                    Tensor.ofInts(indices),
                    stream.perturbation().name().toLowerCase(Locale.ROOT),
                    member(perturbed),
                    stream.seed());
        }
    }

    private static double meanNorm(NDArray perturbation) {
        NDArray images = perturbation.reshape(perturbation.getShape().get(0), -1);
        return images.square().sum(new int[] {1}).sqrt().mean().getFloat();
    }

    /** In the numbering of the model store, where the external guide is the member after the last. */
    private int member(Perturbed perturbed) {
        return switch (experiment.recipe().stream().guide()) {
            case MEMBERS -> perturbed.member();
            case EXTERNAL -> experiment.recipe().ensemble().size();
        };
    }

    private static @Nullable Tensor encode(
            Optional<NDArray> perturbation, StreamPart.Precision precision, long[] shape) {
        if (perturbation.isEmpty()) {
            return null;
        }
        NDArray values = perturbation.get();
        return switch (precision) {
            case FLOAT16 ->
                Tensor.of(
                        DataType.FLOAT16,
                        values.toType(ai.djl.ndarray.types.DataType.FLOAT16, true)
                                .toByteBuffer(),
                        shape);
            case FLOAT32 -> Tensor.of(DataType.FLOAT32, values.toByteBuffer(), shape);
        };
    }

    private static int[] labels(Images images, int[] indices) {
        int[] labels = new int[indices.length];
        for (int i = 0; i < indices.length; i++) {
            labels[i] = images.labels()[indices[i]];
        }
        return labels;
    }

    private static ByteBuffer direct(byte[] bytes) {
        return ByteBuffer.allocateDirect(bytes.length).put(bytes).flip();
    }
}
