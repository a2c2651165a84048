package dev.polyphony.distillation;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.Shape;
import dev.polyphony.models.Network;
import dev.polyphony.models.TrainingState;
import dev.polyphony.models.engine.Operations;
import org.jspecify.annotations.Nullable;

/** The training step that student and ensemble members share. */
final class Training implements AutoCloseable {

    private final Network network;
    private final TrainingState state;
    private final Objective objective;
    private final StochasticGradientDescent descent;
    private final LearningRateSchedule schedule;
    private final double learningRate;

    /**
     * One run's training.
     *
     * @param state owned from here on
     * @param descent owned from here on
     * @param learningRate base rate, which the schedule's factor multiplies
     */
    Training(
            Network network,
            TrainingState state,
            Objective objective,
            StochasticGradientDescent descent,
            LearningRateSchedule schedule,
            double learningRate) {
        this.network = network;
        this.state = state;
        this.objective = objective;
        this.descent = descent;
        this.schedule = schedule;
        this.learningRate = learningRate;
    }

    TrainingState state() {
        return state;
    }

    /** See {@link StudentTraining#step}. */
    Losses step(NDArray images, @Nullable NDArray perturbed, int[] labels, @Nullable NDArray teacherLogits, int epoch) {
        double rate = learningRate * schedule.factor(epoch + 1);
        try (NDScope scope = new NDScope()) {
            scope.suppressNotUsedWarning();
            NDList terms;
            NDArray gradient;
            try (GradientPass pass = new GradientPass(network, state.weights())) {
                terms = backward(pass, images, perturbed, labels, rows(teacherLogits));
                gradient = pass.gradient();
            }
            Losses losses = fetch(terms, gradient);
            if (!Double.isFinite(losses.total()) || !Double.isFinite(losses.gradientNorm())) {
                throw new DivergedException(losses, epoch, rate);
            }
            descent.step(state.weights().parameters(), state.momentum(), gradient, rate);
            return losses;
        }
    }

    private static @Nullable NDArray rows(@Nullable NDArray teacherLogits) {
        if (teacherLogits == null) {
            return null;
        }
        Shape shape = teacherLogits.getShape();
        if (shape.dimension() != 3) {
            throw new IllegalArgumentException("the ensemble's logits are [M, B, K], got " + shape);
        }
        return teacherLogits.reshape(shape.get(0) * shape.get(1), shape.get(2));
    }

    /** Differentiates the objective; gives its unweighted terms. */
    private NDList backward(
            GradientPass pass,
            NDArray images,
            @Nullable NDArray perturbed,
            int[] labels,
            @Nullable NDArray teacherRows) {
        NDArray clean = pass.logits(images);
        NDArray crossEntropy = objective.crossEntropy(clean, labels);
        NDArray weighted = weighted(crossEntropy, objective.crossEntropyWeight());
        if (!objective.distils()) {
            pass.backward(weighted);
            return new NDList(crossEntropy);
        }
        if (teacherRows == null) {
            throw new IllegalArgumentException("distillation needs the ensemble's logits");
        }
        if (perturbed == null) {
            NDArray divergence = objective.divergence(clean, teacherRows);
            pass.backward(weighted.add(weighted(divergence, objective.divergenceWeight())));
            return new NDList(crossEntropy, divergence);
        }
        // Two backward passes instead of one over the sum: the clean pass's activations are freed before the perturbed
        // pass makes its own.
        pass.backward(weighted);
        NDArray divergence = objective.divergence(pass.logits(perturbed), teacherRows);
        pass.backward(weighted(divergence, objective.divergenceWeight()));
        return new NDList(crossEntropy, divergence);
    }

    private static NDArray weighted(NDArray term, double weight) {
        return term.mul(Operations.number(term.getManager(), (float) weight));
    }

    /** One transfer, because each one waits for the device. */
    private Losses fetch(NDList terms, NDArray gradient) {
        NDList scalars = new NDList(terms);
        scalars.add(gradient.norm());
        float[] values = NDArrays.stack(scalars).toFloatArray();
        double crossEntropy = values[0];
        double divergence = terms.size() > 1 ? values[1] : 0;
        double total = objective.crossEntropyWeight() * crossEntropy + objective.divergenceWeight() * divergence;
        return new Losses(total, crossEntropy, divergence, values[values.length - 1]);
    }

    @Override
    public void close() {
        descent.close();
        state.weights().close();
        state.momentum().close();
    }
}
