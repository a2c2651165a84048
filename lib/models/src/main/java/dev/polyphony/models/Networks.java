package dev.polyphony.models;

import dev.polyphony.experiment.EnsemblePart;
import dev.polyphony.experiment.ImageInput;
import dev.polyphony.experiment.StudentPart;
import dev.polyphony.models.Architecture.Kind;

/** The networks that a recipe names. */
public final class Networks {

    private Networks() {}

    /** The network of each ensemble member. */
    public static Described member(EnsemblePart part, ImageInput input) {
        return of(Backbone.named(part.architecture())
                .architecture(Kind.PLAIN, part.width(), part.stemStride(), 1, input));
    }

    /** The student's network. */
    public static Described student(StudentPart part, ImageInput input) {
        Kind kind =
                switch (part.architecture()) {
                    case BATCH_ENSEMBLE -> Kind.BATCH_ENSEMBLE;
                };
        return of(Backbone.named(part.network())
                .architecture(kind, part.width(), part.stemStride(), part.subnetworks(), input));
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
