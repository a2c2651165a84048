package dev.polyphony.models;

import ai.djl.ndarray.NDArray;
import dev.polyphony.experiment.ImageInput;

/** One classifier of an ensemble with all that it computes with, which {@link #close()} frees. */
public interface Member extends AutoCloseable {

    /** What it is fed. */
    ImageInput input();

    /**
     * Logits in evaluation mode: those of an image depend on that image alone. Recorded for differentiation with
     * respect to the images where the calling thread records.
     *
     * @param images float32 [B, C, H, W], pixels in [0, 1]
     * @return float32 [B, K]; closed by the caller's scope
     */
    NDArray logits(NDArray images);

    @Override
    void close();
}
