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
import dev.polyphony.experiment.ValidationEpochs;
import dev.polyphony.models.Ensemble;
import dev.polyphony.models.Inference;
import dev.polyphony.models.Initialisation;
import dev.polyphony.models.Network;
import dev.polyphony.models.Pixels;
import dev.polyphony.models.TrainingState;
import dev.polyphony.models.networks.Networks;
import dev.polyphony.models.store.DirectoryModelStore;
import dev.polyphony.models.store.EnsembleFiles;
import dev.polyphony.scoring.Assessment;
import dev.polyphony.scoring.Predictions;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/**
 * The pipeline's arithmetic in one process without Kafka: draw, perturb, teach, learn, step after step, by direct calls
 * of the same code with all threads, and every checkpoint's evaluation. What the pipeline's speed is measured against.
 * Prints one JSON object: milliseconds of each part per step, images per second without evaluation and with it.
 *
 * <p>Arguments: recipe, model store directory (the ensemble must be there), number of steps.
 */
public final class InProcessLoop {

    private final Experiment experiment;
    private final NDManager manager;
    private final Perturbation perturbation;
    private final Ensemble ensemble;
    private final Network student;
    private final StudentTraining training;
    // Training halves the engine's threads for its calling thread; perturbing and teaching have all.
    private final ExecutorService learner = Executors.newSingleThreadExecutor();
    private long perturbNanos;
    private long teachNanos;
    private long learnNanos;

    private InProcessLoop(
            Experiment experiment, NDManager manager, Ensemble ensemble, Network student, StudentTraining training) {
        this.experiment = experiment;
        this.manager = manager;
        this.ensemble = ensemble;
        this.student = student;
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
        Network student = Networks.student(experiment.recipe().student(), experiment.input());
        try (NDManager manager = NDManager.newBaseManager();
                Ensemble ensemble = files.load(manager, experiment.recipe().ensemble(), experiment.input());
                StudentTraining training = new StudentTraining(
                        student,
                        TrainingState.fresh(Initialisation.weights(student, manager, 1)),
                        experiment.recipe().student(),
                        experiment.recipe().stream().epochs())) {
            new InProcessLoop(experiment, manager, ensemble, student, training).run(steps);
        }
    }

    private void run(long steps) {
        StreamPlan plan = experiment.streamPlan();
        ValidationEpochs validated = new ValidationEpochs(plan.epochs());
        int warmUp = 5;
        for (long step = 0; step < warmUp; step++) {
            step(plan, step);
        }
        perturbNanos = 0;
        teachNanos = 0;
        learnNanos = 0;
        long images = 0;
        long evaluateNanos = 0;
        long began = System.nanoTime();
        for (long step = warmUp; step < steps + warmUp; step++) {
            images += plan.sampleCount(step);
            step(plan, step);
            if ((step + 1) % plan.stepsPerEpoch() == 0 && validated.includes(plan.epoch(step) + 1)) {
                long before = System.nanoTime();
                evaluate();
                evaluateNanos += System.nanoTime() - before;
            }
        }
        long all = System.nanoTime() - began;
        learner.shutdown();
        System.out.printf(
                Locale.ROOT,
                "{\"images\": %d, \"perturbMs\": %.2f, \"teachMs\": %.2f, \"learnMs\": %.2f, \"evaluateMs\": %.2f,"
                        + " \"imagesPerSecond\": %.1f, \"evaluatingImagesPerSecond\": %.1f}%n",
                images,
                perturbNanos / 1e6 / steps,
                teachNanos / 1e6 / steps,
                learnNanos / 1e6 / steps,
                evaluateNanos / 1e6 / steps,
                images / ((all - evaluateNanos) / 1e9),
                images / (all / 1e9));
    }

    /** What the evaluator does with a checkpoint. */
    private void evaluate() {
        Images validation = experiment.dataset().validation();
        Images test = experiment.dataset().test();
        Predictions onValidation = predict(validation);
        Assessment.of(onValidation, onValidation);
        Assessment.of(predict(test), onValidation);
    }

    private Predictions predict(Images images) {
        return new Predictions(
                Inference.logits(manager, student, training.state().weights(), images.pixels()), images.labels());
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
            ByteBuffer pixels = direct(Augmenter.draw(
                    experiment.dataset(), indices, experiment.recipe().dataset().augmentation(), stream.seed(), step));
            NDArray clean = Pixels.toImages(manager, pixels, experiment.input());
            @Nullable
            ByteBuffer added = perturbation
                    .perturb(clean, labels, step)
                    .perturbation()
                    .map(array -> array.toType(DataType.FLOAT16, true).toByteBuffer())
                    .orElse(null);
            StreamImages images = StreamImages.of(manager, experiment.input(), pixels, added, DataType.FLOAT16);
            long perturbed = System.nanoTime();
            NDArray logits = ensemble.logits(images.compared());
            long taught = System.nanoTime();
            CompletableFuture.supplyAsync(
                            () -> training.step(
                                    images.clean(), images.perturbed(), labels, logits, plan.epoch(step), step),
                            learner)
                    .join();
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
