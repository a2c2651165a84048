package dev.polyphony.models.networks;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import dev.polyphony.experiment.ImageInput;
import dev.polyphony.models.Layout;
import dev.polyphony.models.Temporaries;
import dev.polyphony.models.Weights;
import dev.polyphony.models.networks.Architecture.Kind;
import java.util.Collections;
import java.util.List;

/**
 * One network with M inputs and M outputs (MIMO; paper, A.3): a plain residual network that sees M images, one after
 * the other on the channels, each normalised alike, and whose linear layer has M times K outputs, K for each image.
 * Members share everything but the first layer's kernels and the last layer's rows.
 */
public final class Mimo implements Described, OwnImages {

    private final Architecture architecture;
    private final ResidualNetwork stacked;

    /**
     * The network of this architecture.
     *
     * @throws IllegalArgumentException if it is not {@link Kind#MIMO}
     */
    public Mimo(Architecture architecture) {
        if (architecture.kind() != Kind.MIMO) {
            throw new IllegalArgumentException(
                    "not the architecture of a network with several inputs: " + architecture);
        }
        this.architecture = architecture;
        stacked = Networks.residual(new Architecture(
                Kind.PLAIN,
                architecture.family(),
                architecture.depth(),
                architecture.widening(),
                architecture.width(),
                architecture.stemStride(),
                1,
                stacked(architecture.input(), architecture.members())));
    }

    private static ImageInput stacked(ImageInput input, int members) {
        return new ImageInput(
                members * input.channels(),
                input.height(),
                input.width(),
                members * input.classes(),
                repeated(input.mean(), members),
                repeated(input.standardDeviation(), members));
    }

    private static List<Float> repeated(List<Float> values, int times) {
        return Collections.nCopies(times, values).stream().flatMap(List::stream).toList();
    }

    @Override
    public Architecture architecture() {
        return architecture;
    }

    @Override
    public ImageInput input() {
        return architecture.input();
    }

    @Override
    public int members() {
        return architecture.members();
    }

    @Override
    public Layout parameters() {
        return stacked.parameters();
    }

    @Override
    public Layout statistics() {
        return stacked.statistics();
    }

    /** {@inheritDoc} Every member sees the same images: this is how the network is evaluated. */
    @Override
    public NDArray logits(NDArray images, Weights weights, boolean training) {
        ResidualNetwork.requireImages(images.getShape(), input());
        return of(new NDList(Collections.nCopies(members(), images)), weights, training);
    }

    @Override
    public NDArray logitsOfOwn(NDArray images, Weights weights, boolean training) {
        Shape shape = images.getShape();
        ResidualNetwork.requireImages(shape, input());
        if (shape.get(0) % members() != 0) {
            throw new IllegalArgumentException(
                    shape.get(0) + " images are no whole number of images for each of " + members() + " members");
        }
        return Temporaries.closedBut(() -> of(images.split(members(), 0), weights, training));
    }

    /** Logits of each member's images, [B, C, H, W] each. */
    private NDArray of(NDList imagesOfMembers, Weights weights, boolean training) {
        return Temporaries.closedBut(() -> {
            NDArray logits = stacked.logits(NDArrays.concat(imagesOfMembers, 1), weights, training);
            return NDArrays.concat(logits.split(members(), 1), 0);
        });
    }
}
