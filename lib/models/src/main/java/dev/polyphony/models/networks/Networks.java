package dev.polyphony.models.networks;

import dev.polyphony.experiment.EnsemblePart;
import dev.polyphony.experiment.ImageInput;
import dev.polyphony.experiment.StudentPart;
import dev.polyphony.models.networks.Architecture.Kind;

/** The networks that a recipe names. */
public final class Networks {

    private Networks() {}

    /** The network of each ensemble member. */
    public static Described member(EnsemblePart.Trained part, ImageInput input) {
        return named(part.architecture(), Kind.PLAIN, part.width(), part.stemStride(), 1, input);
    }

    /** The student's network. */
    public static Described student(StudentPart part, ImageInput input) {
        Kind kind =
                switch (part.architecture()) {
                    case BATCH_ENSEMBLE -> Kind.BATCH_ENSEMBLE;
                    case MIMO -> Kind.MIMO;
                    case SINGLE -> Kind.PLAIN;
                };
        return named(part.network(), kind, part.width(), part.stemStride(), part.subnetworks(), input);
    }

    /**
     * A network by its name; see {@link Architecture} for the other arguments.
     *
     * @param name {@code resnet-N}, N = 6n+2, or {@code wrn-D-K}, D = 6n+4, such as {@code wrn-28-10}
     * @throws IllegalArgumentException if there is no such network
     */
    public static Described named(String name, Kind kind, int width, int stemStride, int members, ImageInput input) {
        Backbone backbone = Backbone.named(name);
        return of(new Architecture(
                kind, backbone.family(), backbone.depth(), backbone.widening(), width, stemStride, members, input));
    }

    /** The network of an architecture. */
    public static Described of(Architecture architecture) {
        return architecture.kind() == Kind.MIMO ? new Mimo(architecture) : residual(architecture);
    }

    static ResidualNetwork residual(Architecture architecture) {
        return switch (architecture.family()) {
            case RESNET -> new ResNet(architecture);
            case WIDE_RESNET -> new WideResNet(architecture);
        };
    }
}
