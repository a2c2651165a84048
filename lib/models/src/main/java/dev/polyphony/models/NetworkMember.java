package dev.polyphony.models;

import ai.djl.ndarray.NDArray;
import dev.polyphony.experiment.ImageInput;

/**
 * A network of ours as a member.
 *
 * @param network plain, with one member
 * @param weights closed with this member
 */
public record NetworkMember(Network network, Weights weights) implements Member {

    public NetworkMember {
        if (network.members() != 1) {
            throw new IllegalArgumentException(
                    "an ensemble's member is one network, not " + network.members() + " in one");
        }
    }

    @Override
    public ImageInput input() {
        return network.input();
    }

    @Override
    public NDArray logits(NDArray images) {
        return network.logits(images, weights, false);
    }

    @Override
    public void close() {
        weights.close();
    }
}
