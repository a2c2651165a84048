package dev.polyphony.models;

import dev.polyphony.experiment.EnsemblePart;
import dev.polyphony.experiment.ImageInput;
import dev.polyphony.experiment.StudentPart;

/** The networks that a recipe names. */
public final class Networks {

    private Networks() {}

    /** The network of each ensemble member. */
    public static ResNet member(EnsemblePart part, ImageInput input) {
        return ResNet.plain(ResNet.depthOf(part.architecture()), part.width(), part.stemStride(), input);
    }

    /** The student's network. */
    public static ResNet student(StudentPart part, ImageInput input) {
        return switch (part.architecture()) {
            case BATCH_ENSEMBLE ->
                ResNet.batchEnsemble(
                        ResNet.depthOf(part.network()), part.width(), part.stemStride(), part.subnetworks(), input);
            case SINGLE -> ResNet.plain(ResNet.depthOf(part.network()), part.width(), part.stemStride(), input);
            case MIMO -> throw new IllegalArgumentException("no student of architecture mimo yet");
        };
    }
}
