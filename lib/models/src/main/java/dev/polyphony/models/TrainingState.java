package dev.polyphony.models;

import ai.djl.ndarray.NDArray;

/**
 * What training goes on from. {@link #close()} frees all of it.
 *
 * @param weights of the network
 * @param momentum of the optimiser, float32, one number for each parameter
 */
public record TrainingState(Weights weights, NDArray momentum) implements AutoCloseable {

    public TrainingState {
        if (momentum.size() != weights.parameters().size()) {
            throw new IllegalArgumentException("momentum has " + momentum.size() + " numbers, the parameters are "
                    + weights.parameters().size());
        }
    }

    /** Training from the start: no momentum yet, on the weights' device. Owns the weights from here on. */
    public static TrainingState fresh(Weights weights) {
        return new TrainingState(weights, weights.parameters().zerosLike());
    }

    @Override
    public void close() {
        weights.close();
        momentum.close();
    }
}
