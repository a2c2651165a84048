package dev.polyphony.models.networks;

import ai.djl.ndarray.NDArray;

/** A residual block. */
interface Block {

    void declare(Declaration declaration);

    /**
     * The block's output.
     *
     * @param rows [N, C, H, W], channels last in memory
     * @return [N, C', H', W']
     */
    NDArray apply(NDArray rows, Tensors tensors);
}
