package dev.polyphony.models;

import ai.djl.ndarray.NDArray;

/**
 * Everything a network computes with: two flat float32 arrays. Owned by whoever created them, outside any minibatch's
 * scope; {@link #close()} frees both.
 *
 * @param parameters trainable, in the order of {@link Network#parameters()}
 * @param statistics running statistics, in the order of {@link Network#statistics()}
 */
public record Weights(NDArray parameters, NDArray statistics) implements AutoCloseable {
    @Override
    public void close() {
        parameters.close();
        statistics.close();
    }
}
