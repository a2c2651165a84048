package dev.polyphony.evaluator.analysis;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.Shape;
import dev.polyphony.datasets.Images;
import dev.polyphony.distillation.Perturbation;
import dev.polyphony.distillation.jacobians.GradientSamples;
import dev.polyphony.evaluator.analysis.AnalysisDocument.Ratios;
import dev.polyphony.experiment.StreamPart;
import dev.polyphony.scoring.jacobians.SignalToNoise;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntConsumer;

/**
 * How noisy the gradients of the loss's Jacobian term are under Gaussian and under output diversified perturbations
 * (paper, sec. 5.3, fig. 4): a ratio for each image, of the trained student, by all its parameters. Perturbations have
 * the size they have in training, since the slope over that step is what training sees, and the student's temperature
 * softens both softmaxes. Each draw is one minibatch of all images, and has one random guide, as in training.
 */
final class GradientMeasurement {

    private final Subject subject;
    private final Images images;
    private final int draws;

    GradientMeasurement(Subject subject, int images, int draws) {
        this.subject = subject;
        this.images = subject.trainingImages(images);
        this.draws = draws;
    }

    /** Each image under each kind of perturbation. */
    int steps() {
        return 2 * images.count();
    }

    /**
     * All ratios.
     *
     * @param step told the number of images after each
     */
    Ratios measure(IntConsumer step) {
        return new Ratios(
                images.count(),
                draws,
                ratios(StreamPart.Perturbation.GAUSSIAN, step),
                ratios(StreamPart.Perturbation.ODS, step));
    }

    private List<Double> ratios(StreamPart.Perturbation kind, IntConsumer step) {
        List<float[]> perturbations = draw(subject.perturbation(kind));
        GradientSamples samples =
                new GradientSamples(subject.student(), subject.weights(), subject.ensemble(), subject.temperature());
        List<Double> ratios = new ArrayList<>();
        for (int image = 0; image < images.count(); image++) {
            ratios.add(ratio(image, perturbations, samples));
            step.accept(1);
        }
        return ratios;
    }

    /** The perturbations of all images, for each draw. */
    private List<float[]> draw(Perturbation perturbation) {
        List<float[]> all = new ArrayList<>();
        for (int draw = 0; draw < draws; draw++) {
            try (NDScope scope = new NDScope()) {
                scope.suppressNotUsedWarning();
                all.add(perturbation
                        .perturb(subject.images(images, 0, images.count()), images.labels(), draw)
                        .perturbation()
                        .orElseThrow()
                        .toFloatArray());
            }
        }
        return all;
    }

    private double ratio(int image, List<float[]> perturbations, GradientSamples samples) {
        SignalToNoise ratio =
                new SignalToNoise(Math.toIntExact(subject.student().parameters().size()));
        try (NDScope scope = new NDScope()) {
            scope.suppressNotUsedWarning();
            NDArray one = subject.images(images, image, 1);
            Shape rows = new Shape(draws).addAll(one.getShape().slice(1));
            NDArray steps = subject.manager().create(of(image, perturbations), rows);
            samples.take(one.repeat(0, draws), steps, ratio::add);
        }
        return ratio.ratio();
    }

    private float[] of(int image, List<float[]> perturbations) {
        int size = images.shape().pixels();
        float[] rows = new float[draws * size];
        for (int draw = 0; draw < draws; draw++) {
            System.arraycopy(perturbations.get(draw), image * size, rows, draw * size, size);
        }
        return rows;
    }
}
