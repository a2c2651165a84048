package dev.polyphony.distillation;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDScope;
import dev.polyphony.distillation.GradientPass.Term;
import dev.polyphony.models.Network;
import dev.polyphony.models.TrainingState;
import dev.polyphony.models.Weights;
import dev.polyphony.models.engine.SideBySide;
import dev.polyphony.models.engine.SideBySide.Both;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The training step that student and ensemble members share. */
final class Training implements AutoCloseable {

    private final Network network;
    private final TrainingState state;
    private final Objective objective;
    private final StochasticGradientDescent descent;
    private final LearningRateSchedule schedule;
    private final double learningRate;
    private @Nullable SideBySide sideBySide;

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
            Objective now = objective.in(epoch);
            GradientPass pass = passes(now, images, perturbed, labels, checked(teacherLogits));
            Losses losses = fetch(pass, now);
            if (!Double.isFinite(losses.total()) || !Double.isFinite(losses.gradientNorm())) {
                throw new DivergedException(losses, epoch, rate);
            }
            descent.step(state.weights().parameters(), state.momentum(), pass.gradient(), rate);
            return losses;
        }
    }

    private static @Nullable NDArray checked(@Nullable NDArray teacherLogits) {
        if (teacherLogits != null && teacherLogits.getShape().dimension() != 3) {
            throw new IllegalArgumentException("the ensemble's logits are [M, B, K], got " + teacherLogits.getShape());
        }
        return teacherLogits;
    }

    private GradientPass passes(
            Objective now, NDArray images, @Nullable NDArray perturbed, int[] labels, @Nullable NDArray teacherLogits) {
        Term crossEntropy = new Term(now.crossEntropyWeight(), logits -> now.crossEntropy(logits, labels));
        if (!now.distils()) {
            return pass(state.weights(), images, crossEntropy).register();
        }
        if (teacherLogits == null) {
            throw new IllegalArgumentException("distillation needs the ensemble's logits");
        }
        Term divergence = new Term(now.divergenceWeight(), logits -> now.divergence(logits, teacherLogits));
        if (perturbed == null) {
            return pass(state.weights(), images, crossEntropy, divergence).register();
        }
        NDArray statistics = state.weights().statistics();
        NDArray moved = statistics.zerosLike();
        Both<GradientPass, GradientPass> both = sideBySide()
                .run(
                        () -> pass(state.weights(), images, crossEntropy),
                        () -> pass(new Weights(state.weights().parameters(), moved), perturbed, divergence));
        // The clean pass moved the statistics already; from zero the perturbed one gave its share of the next move.
        statistics.muli((float) (1 - Network.STATISTICS_WEIGHT)).addi(moved);
        return both.first().register().plus(both.second().register());
    }

    /** Made by the first step that needs it: a single pass is faster with all threads. */
    private SideBySide sideBySide() {
        if (sideBySide == null) {
            sideBySide = new SideBySide(state.momentum().getDevice());
        }
        return sideBySide;
    }

    private GradientPass pass(Weights weights, NDArray images, Term... terms) {
        return GradientPass.of(network, weights, images, List.of(terms));
    }

    /** One transfer, because each one waits for the device. */
    private static Losses fetch(GradientPass pass, Objective now) {
        NDList scalars = new NDList(pass.terms());
        scalars.add(pass.gradient().norm());
        float[] values = NDArrays.stack(scalars).toFloatArray();
        double crossEntropy = values[0];
        double divergence = pass.terms().size() > 1 ? values[1] : 0;
        double total = now.crossEntropyWeight() * crossEntropy + now.divergenceWeight() * divergence;
        return new Losses(total, crossEntropy, divergence, values[values.length - 1]);
    }

    @Override
    public void close() {
        if (sideBySide != null) {
            sideBySide.close();
        }
        descent.close();
        state.weights().close();
        state.momentum().close();
    }
}
