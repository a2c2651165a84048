package dev.polyphony.models.networks;

import ai.djl.ndarray.NDArray;
import dev.polyphony.models.Layout.Kind;
import dev.polyphony.models.engine.Operations;
import org.jspecify.annotations.Nullable;

/**
 * The final linear layer.
 *
 * @param name of the layer
 * @param features F
 * @param classes K
 * @param factors of a BatchEnsemble, or none
 */
record Head(
        String name, int features, int classes, @Nullable RankOneFactors factors) {

    void declare(Declaration declaration) {
        declaration.parameter(name + ".weight", Kind.SHARED, classes, features);
        if (factors == null) {
            declaration.parameter(name + ".bias", Kind.SHARED, classes);
        } else {
            factors.declare(declaration);
            declaration.parameter(name + ".bias", Kind.SHARED, factors.members(), classes);
        }
    }

    /**
     * Logits of each row, by its own member's weights.
     *
     * @param rows [M*B, F], member-major
     * @return [M*B, K]
     */
    NDArray apply(NDArray rows, Tensors tensors) {
        NDArray weight = tensors.parameter(name + ".weight");
        NDArray bias = tensors.parameter(name + ".bias");
        if (factors == null) {
            return Operations.linear(rows, weight, bias);
        }
        int members = factors.members();
        NDArray scaled = rows.reshape(members, -1, features)
                .mul(factors.onInputs(tensors).expandDims(1))
                .reshape(-1, features);
        return Operations.linear(scaled, weight, null)
                .reshape(members, -1, classes)
                .mul(factors.onOutputs(tensors).expandDims(1))
                .add(bias.expandDims(1))
                .reshape(-1, classes);
    }
}
