package dev.polyphony.distillation;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDScope;
import dev.polyphony.models.Network;
import dev.polyphony.models.Weights;
import dev.polyphony.models.engine.Operations;
import dev.polyphony.models.engine.Recording;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * One forward pass in training mode, and back.
 *
 * @param terms of the objective, float32 scalars without their weights
 * @param gradient of the weighted terms' sum, flat
 */
record GradientPass(NDList terms, NDArray gradient) {

    /**
     * A term of the objective.
     *
     * @param weight what it is multiplied by in the sum
     * @param value of logits [M*B, K], member-major; a scalar
     */
    record Term(double weight, UnaryOperator<NDArray> value) {}

    /** The pass over these images. No scope of this thread owns what is returned: see {@link #register()}. */
    static GradientPass of(Network network, Weights weights, NDArray images, List<Term> terms) {
        try (NDScope scope = new NDScope();
                Recording recording = Recording.start()) {
            scope.suppressNotUsedWarning();
            NDArray leaf = recording.leaf(weights.parameters());
            NDArray logits = network.logits(images, new Weights(leaf, weights.statistics()), true);
            NDList values = new NDList(terms.size());
            NDList weighted = new NDList(terms.size());
            for (Term term : terms) {
                NDArray value = term.value().apply(logits);
                values.add(value);
                weighted.add(value.mul(Operations.number(value.getManager(), (float) term.weight())));
            }
            recording.backward(weighted.stream().reduce(NDArray::add).orElseThrow());
            NDArray gradient = leaf.getGradient();
            values.forEach(NDScope::unregister);
            NDScope.unregister(gradient);
            return new GradientPass(values, gradient);
        }
    }

    /** Hands the arrays to the scope of this thread. */
    GradientPass register() {
        terms.forEach(NDScope::register);
        NDScope.register(gradient);
        return this;
    }

    /** Terms of both, gradients summed into this one's. */
    GradientPass plus(GradientPass other) {
        NDList all = new NDList(terms);
        all.addAll(other.terms);
        return new GradientPass(all, gradient.addi(other.gradient));
    }
}
