package dev.polyphony.benchmarks;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.DataType;
import dev.polyphony.datasets.Augmenter;
import dev.polyphony.datasets.Experiment;
import dev.polyphony.datasets.Images;
import dev.polyphony.distillation.Perturbation;
import dev.polyphony.distillation.Perturbations;
import dev.polyphony.distillation.StreamImages;
import dev.polyphony.distillation.StudentTraining;
import dev.polyphony.experiment.StreamPart;
import dev.polyphony.experiment.StreamPlan;
import dev.polyphony.models.DirectoryModelStore;
import dev.polyphony.models.Ensemble;
import dev.polyphony.models.EnsembleFiles;
import dev.polyphony.models.Initialisation;
import dev.polyphony.models.Networks;
import dev.polyphony.models.Pixels;
import dev.polyphony.models.ResNet;
import dev.polyphony.models.TrainingState;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The pipeline's arithmetic in one process without Kafka: draw, perturb, teach, learn, step after step, by direct calls
 * of the same code with all threads. What the pipeline's speed is measured against. Prints one JSON object.
 *
 * <p>Arguments: recipe, model store directory (the ensemble must be there), number of steps.
 */
public final class InProcessLoop {

    private final Experiment experiment;
    private final NDManager manager;
    private final Perturbation perturbation;
    private final Ensemble ensemble;
    private final StudentTraining training;
    private long perturbNanos;
    private long teachNanos;
    private long learnNanos;

    private InProcessLoop(Experiment experiment, NDManager manager, Ensemble ensemble, StudentTraining training) {
        this.experiment = experiment;
        this.manager = manager;
        this.ensemble = ensemble;
        this.training = training;
        this.perturbation = Perturbations.of(experiment.recipe().stream(), ensemble);
    }

    /** Runs the loop. */
    public static void main(String[] arguments) {
        Experiment experiment = Experiment.open(arguments[0], Path.of("data"));
        long steps = Long.parseLong(arguments[2]);
        EnsembleFiles files = new EnsembleFiles(
                new DirectoryModelStore(Path.of(arguments[1])),
                experiment.identities().ensembleId());
        ResNet student = Networks.student(experiment.recipe().student(), experiment.input());
        try (NDManager manager = NDManager.newBaseManager();
                Ensemble ensemble = files.load(manager, experiment.recipe().ensemble(), experiment.input());
                StudentTraining training = new StudentTraining(
                        student,
                        TrainingState.fresh(Initialisation.weights(student, manager, 1)),
                        experiment.recipe().student(),
                        experiment.recipe().stream().epochs())) {
            new InProcessLoop(experiment, manager, ensemble, training).run(steps);
        }
    }

    private void run(long steps) {
        StreamPlan plan = experiment.streamPlan();
        int warmUp = 5;
        long images = 0;
        long began = 0;
        for (long step = 0; step < steps + warmUp; step++) {
            if (step == warmUp) {
                perturbNanos = 0;
                teachNanos = 0;
                learnNanos = 0;
                began = System.nanoTime();
            }
            images += step < warmUp ? 0 : plan.sampleCount(step);
            step(plan, step);
        }
        double seconds = (System.nanoTime() - began) / 1e9;
        System.out.printf(
                Locale.ROOT,
                "{\"images\": %d, \"seconds\": %.3f, \"imagesPerSecond\": %.1f, \"perturbMs\": %.2f, \"teachMs\": %.2f,"
                        + " \"learnMs\": %.2f, \"replayArithmeticRatio\": %.3f}%n",
                images,
                seconds,
                images / seconds,
                perturbNanos / 1e6 / steps,
                teachNanos / 1e6 / steps,
                learnNanos / 1e6 / steps,
                (double) (perturbNanos + teachNanos + learnNanos) / learnNanos);
    }

    private void step(StreamPlan plan, long step) {
        Images train = experiment.dataset().train();
        StreamPart stream = experiment.recipe().stream();
        int[] indices = plan.indices(step);
        int[] labels = new int[indices.length];
        for (int i = 0; i < indices.length; i++) {
            labels[i] = train.labels()[indices[i]];
        }
        try (NDScope scope = new NDScope()) {
            scope.suppressNotUsedWarning();
            long start = System.nanoTime();
            ByteBuffer pixels = direct(
                    Augmenter.draw(train, indices, experiment.recipe().dataset().augmentation(), stream.seed(), step));
            NDArray clean = Pixels.toImages(manager, pixels, experiment.input());
            @Nullable
            ByteBuffer added = perturbation
                    .perturb(clean, step)
                    .perturbation()
                    .map(array -> array.toType(DataType.FLOAT16, true).toByteBuffer())
                    .orElse(null);
            StreamImages images = StreamImages.of(manager, experiment.input(), pixels, added, DataType.FLOAT16);
            long perturbed = System.nanoTime();
            NDArray logits = ensemble.logits(images.compared());
            long taught = System.nanoTime();
            training.step(images.clean(), images.perturbed(), labels, logits, plan.epoch(step));
            long learned = System.nanoTime();
            perturbNanos += perturbed - start;
            teachNanos += taught - perturbed;
            learnNanos += learned - taught;
        }
    }

    private static ByteBuffer direct(byte[] bytes) {
        return ByteBuffer.allocateDirect(bytes.length).put(bytes).flip();
    }
}
