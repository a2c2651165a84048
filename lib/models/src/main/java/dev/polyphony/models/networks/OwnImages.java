package dev.polyphony.models.networks;

import ai.djl.ndarray.NDArray;
import dev.polyphony.models.Network;
import dev.polyphony.models.Weights;

/**
 * A network whose members can look at different images in one pass, and are trained so (MIMO; paper, A.3).
 *
 * <p>A trainer makes the rows with {@link MimoArrangement}: it gathers the images, the labels and the teacher's logits
 * by the same indices, so that head m learns from teacher m on head m's own image. A perturbation is drawn once for each
 * image of the minibatch, before the rows are gathered: an image that two heads see has the same perturbation in both.
 */
public interface OwnImages extends Network {

    /**
     * Logits of every member for its own images. Batch normalisation as in {@link Network#logits}; logits of a row
     * depend on the other members' images in the same place too.
     *
     * @param images float32 [M*B, C, H, W], member-major, pixels in [0, 1]: rows m*B to (m+1)*B-1 are member m's
     * @param weights flat arrays that follow {@link #parameters()} and {@link #statistics()}
     * @param training whether batch normalisation uses minibatch statistics
     * @return float32 [M*B, K]: row i are the logits for image i; closed by the caller's scope
     */
    NDArray logitsOfOwn(NDArray images, Weights weights, boolean training);
}
