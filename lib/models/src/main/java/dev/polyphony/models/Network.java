package dev.polyphony.models;

import ai.djl.ndarray.NDArray;
import dev.polyphony.experiment.ImageInput;

/**
 * A classifier as a pure function: no weights of its own, no state.
 *
 * <p>Implementations are immutable and may be used by several threads with different weights.
 */
public interface Network {

    /** Weight of a minibatch in the running statistics: new = (1 - w) * old + w * minibatch's. */
    double STATISTICS_WEIGHT = 0.1;

    /** What it is fed. */
    ImageInput input();

    /** Number of members M whose logits one forward pass gives: 1 for a plain network. */
    int members();

    /** Trainable tensors. */
    Layout parameters();

    /** Running statistics of batch normalisation. */
    Layout statistics();

    /**
     * Logits of every member for every image.
     *
     * <p>In training mode batch normalisation uses the minibatch's own statistics and updates {@code weights.statistics()}
     * in place (biased variance to normalise, unbiased into the running variance, weight {@link #STATISTICS_WEIGHT}).
     * In evaluation mode each image's logits depend on that image alone.
     *
     * @param images float32 [B, C, H, W], pixels in [0, 1]
     * @param weights flat arrays that follow {@link #parameters()} and {@link #statistics()}
     * @param training whether batch normalisation uses minibatch statistics
     * @return float32 [M*B, K], member-major: rows m*B to (m+1)*B-1 belong to member m; closed by the caller's scope
     */
    NDArray logits(NDArray images, Weights weights, boolean training);
}
