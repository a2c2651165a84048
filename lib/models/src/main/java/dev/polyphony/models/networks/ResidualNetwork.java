package dev.polyphony.models.networks;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import dev.polyphony.experiment.ImageInput;
import dev.polyphony.models.Layout;
import dev.polyphony.models.Pixels;
import dev.polyphony.models.Temporaries;
import dev.polyphony.models.Weights;
import dev.polyphony.models.engine.Operations;
import dev.polyphony.models.networks.Architecture.Kind;

/**
 * A stem, three stages of residual blocks, global average pooling and a linear layer; plain, or as a BatchEnsemble with
 * rank-one factors in every convolution and the linear layer.
 *
 * <p>Members share batch normalisation, as in the authors' reference code.
 */
public abstract sealed class ResidualNetwork implements Described permits ResNet, WideResNet {

    private final Architecture architecture;
    private final Trunk trunk;
    private final Head head;
    private final Layout parameters;
    private final Layout statistics;
    private final Views parameterViews;
    private final Views statisticViews;

    ResidualNetwork(Architecture architecture, Trunk trunk) {
        if (architecture.kind() == Kind.MIMO) {
            throw new IllegalArgumentException("a network with several inputs is a Mimo around one of these");
        }
        this.architecture = architecture;
        this.trunk = trunk;
        head = new Layers(architecture).head();
        Declaration declaration = new Declaration();
        trunk.declare(declaration);
        head.declare(declaration);
        parameters = declaration.parameters();
        statistics = declaration.statistics();
        parameterViews = new Views(parameters);
        statisticViews = new Views(statistics);
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
        return parameters;
    }

    @Override
    public Layout statistics() {
        return statistics;
    }

    @Override
    public NDArray logits(NDArray images, Weights weights, boolean training) {
        requireImages(images.getShape(), input());
        return Temporaries.closedBut(() -> {
            Tensors tensors = new Tensors(
                    parameterViews.of(weights.parameters()), statisticViews.of(weights.statistics()), training);
            NDArray pixels = Temporaries.closedBut(() -> Operations.channelsLast(Pixels.normalised(images, input())));
            NDArray rows = Temporaries.closedBut(() -> trunk.apply(pixels, tensors));
            return head.apply(averaged(rows), tensors);
        });
    }

    /** Global average pooling: [N, C, H, W] to [N, C]. */
    private static NDArray averaged(NDArray rows) {
        Shape shape = rows.getShape();
        return rows.reshape(shape.get(0), shape.get(1), shape.get(2) * shape.get(3))
                .mean(new int[] {2});
    }

    static void requireImages(Shape shape, ImageInput input) {
        if (shape.dimension() != 4
                || shape.get(1) != input.channels()
                || shape.get(2) != input.height()
                || shape.get(3) != input.width()) {
            throw new IllegalArgumentException("images are [B, " + input.channels() + ", " + input.height() + ", "
                    + input.width() + "], got " + shape);
        }
    }
}
