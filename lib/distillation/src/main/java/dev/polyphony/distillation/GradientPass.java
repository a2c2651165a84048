package dev.polyphony.distillation;

import ai.djl.ndarray.NDArray;
import dev.polyphony.models.Network;
import dev.polyphony.models.Weights;
import dev.polyphony.models.engine.Recording;

/** Forward and backward passes of one step, whose gradients add up in one leaf. Open it inside a scope. */
final class GradientPass implements AutoCloseable {

    private final Network network;
    private final Recording recording;
    private final NDArray leaf;
    private final Weights differentiated;

    GradientPass(Network network, Weights weights) {
        this.network = network;
        this.recording = Recording.start();
        this.leaf = recording.leaf(weights.parameters());
        this.differentiated = new Weights(leaf, weights.statistics());
    }

    NDArray logits(NDArray images) {
        return network.logits(images, differentiated, true);
    }

    void backward(NDArray loss) {
        recording.backward(loss);
    }

    /** Sum of the gradients so far, flat. */
    NDArray gradient() {
        return leaf.getGradient();
    }

    @Override
    public void close() {
        recording.close();
    }
}
