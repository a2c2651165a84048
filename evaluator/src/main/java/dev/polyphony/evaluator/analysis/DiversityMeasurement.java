package dev.polyphony.evaluator.analysis;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDScope;
import dev.polyphony.datasets.Images;
import dev.polyphony.distillation.Perturbation;
import dev.polyphony.distillation.PerturbedImages;
import dev.polyphony.evaluator.analysis.AnalysisDocument.DiversityPlots;
import dev.polyphony.experiment.StreamPart;
import dev.polyphony.models.Inference;
import dev.polyphony.scoring.DiversityPlot;
import dev.polyphony.scoring.Predictions;
import java.util.Arrays;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.IntConsumer;

/**
 * Where teachers and subnetworks disagree (paper, sec. 5.2, figs. 3 and 5(c)): teachers on training images, clean and
 * perturbed and clamped as in training, and both on test images. Probabilities are at temperature 1.
 */
final class DiversityMeasurement {

    /** Plots, each of which is one step. */
    static final int STEPS = 5;

    /** Images that one random member is the guide of, as in a minibatch of the stream. */
    private static final int BATCH = 100;

    private final Subject subject;

    DiversityMeasurement(Subject subject) {
        this.subject = subject;
    }

    /**
     * All plots.
     *
     * @param step told the number of images after each plot
     */
    DiversityPlots measure(int trainImages, IntConsumer step) {
        Images train = subject.trainingImages(trainImages);
        Images test = subject.experiment().dataset().test();
        SortedMap<String, DiversityPlot> teachers = new TreeMap<>();
        teachers.put("train", plot(teachers(train), train, step));
        teachers.put("train-gaussian", plot(perturbed(train, StreamPart.Perturbation.GAUSSIAN), train, step));
        teachers.put("train-ods", plot(perturbed(train, StreamPart.Perturbation.ODS), train, step));
        teachers.put("test", plot(teachers(test), test, step));
        double[][][] logits = Inference.logits(subject.manager(), subject.student(), subject.weights(), test.pixels());
        return new DiversityPlots(teachers, new TreeMap<>(Map.of("test", plot(logits, test, step))));
    }

    private static DiversityPlot plot(double[][][] logits, Images images, IntConsumer step) {
        DiversityPlot plot = DiversityPlot.of(new Predictions(logits, images.labels()));
        step.accept(images.count());
        return plot;
    }

    private double[][][] teachers(Images images) {
        return Inference.logits(subject.manager(), subject.ensemble(), images.pixels());
    }

    private double[][][] perturbed(Images images, StreamPart.Perturbation kind) {
        Perturbation perturbation = subject.perturbation(kind);
        double[][][] logits = new double[subject.ensemble().size()][images.count()][];
        for (int from = 0; from < images.count(); from += BATCH) {
            int count = Math.min(BATCH, images.count() - from);
            int[] labels = Arrays.copyOfRange(images.labels(), from, from + count);
            try (NDScope scope = new NDScope()) {
                scope.suppressNotUsedWarning();
                NDArray clean = subject.images(images, from, count);
                NDArray noise = perturbation
                        .perturb(clean, labels, from / BATCH)
                        .perturbation()
                        .orElseThrow();
                NDArray rows = subject.ensemble().logits(PerturbedImages.of(clean, noise));
                copy(rows.toFloatArray(), logits, from, count);
            }
        }
        return logits;
    }

    private static void copy(float[] values, double[][][] logits, int from, int count) {
        int classes = values.length / logits.length / count;
        int at = 0;
        for (double[][] member : logits) {
            for (int i = from; i < from + count; i++) {
                member[i] = new double[classes];
                for (int k = 0; k < classes; k++) {
                    member[i][k] = values[at++];
                }
            }
        }
    }
}
