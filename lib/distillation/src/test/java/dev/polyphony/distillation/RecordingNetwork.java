package dev.polyphony.distillation;

import ai.djl.ndarray.NDArray;
import dev.polyphony.experiment.ImageInput;
import dev.polyphony.models.Layout;
import dev.polyphony.models.Network;
import dev.polyphony.models.Weights;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Remembers what another network was asked, by any thread. */
final class RecordingNetwork implements Network {

    private final Network network;
    private final List<Float> firstPixels = new CopyOnWriteArrayList<>();
    private final List<Boolean> trainingModes = new CopyOnWriteArrayList<>();

    RecordingNetwork(Network network) {
        this.network = network;
    }

    List<Float> firstPixels() {
        return List.copyOf(firstPixels);
    }

    List<Boolean> trainingModes() {
        return List.copyOf(trainingModes);
    }

    @Override
    public ImageInput input() {
        return network.input();
    }

    @Override
    public int members() {
        return network.members();
    }

    @Override
    public Layout parameters() {
        return network.parameters();
    }

    @Override
    public Layout statistics() {
        return network.statistics();
    }

    @Override
    public NDArray logits(NDArray images, Weights weights, boolean training) {
        firstPixels.add(images.getFloat(0, 0, 0, 0));
        trainingModes.add(training);
        return network.logits(images, weights, training);
    }
}
