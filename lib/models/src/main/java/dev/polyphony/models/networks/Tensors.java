package dev.polyphony.models.networks;

import ai.djl.ndarray.NDArray;
import java.util.Map;

/**
 * What the layers of one forward pass compute with.
 *
 * @param parameters by name
 * @param statistics by name
 * @param training whether batch normalisation uses minibatch statistics
 */
record Tensors(Map<String, NDArray> parameters, Map<String, NDArray> statistics, boolean training) {

    NDArray parameter(String name) {
        return found(parameters, name);
    }

    NDArray statistic(String name) {
        return found(statistics, name);
    }

    private static NDArray found(Map<String, NDArray> tensors, String name) {
        NDArray tensor = tensors.get(name);
        if (tensor == null) {
            throw new IllegalStateException(name + " was never declared");
        }
        return tensor;
    }
}
