package dev.polyphony.models.networks;

import ai.djl.ndarray.NDArray;
import dev.polyphony.models.Layout.Kind;
import dev.polyphony.models.Network;
import dev.polyphony.models.engine.Operations;

/**
 * Batch normalisation shared by all members: statistics over all M*B rows together.
 *
 * @param name of the layer
 * @param channels C
 */
record BatchNormalisation(String name, int channels) {

    private static final double EPSILON = 1e-5;

    void declare(Declaration declaration) {
        declaration.parameter(name + ".gamma", Kind.SHARED, channels);
        declaration.parameter(name + ".beta", Kind.SHARED, channels);
        declaration.statistic(name + ".mean", channels);
        declaration.statistic(name + ".variance", channels);
    }

    /**
     * Normalises, and updates the running statistics in place when training.
     *
     * @param rows [N, C, H, W]
     */
    NDArray apply(NDArray rows, Tensors tensors) {
        return Operations.batchNormalisation(
                rows,
                tensors.parameter(name + ".gamma"),
                tensors.parameter(name + ".beta"),
                tensors.statistic(name + ".mean"),
                tensors.statistic(name + ".variance"),
                tensors.training(),
                Network.STATISTICS_WEIGHT,
                EPSILON);
    }
}
