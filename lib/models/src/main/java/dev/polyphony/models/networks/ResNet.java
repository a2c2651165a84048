package dev.polyphony.models.networks;

import dev.polyphony.experiment.ImageInput;
import dev.polyphony.models.networks.Architecture.Family;
import dev.polyphony.models.networks.Architecture.Kind;

/**
 * The residual network of the paper's CIFAR-10 experiments, {@code resnet-N}: a 3 x 3 stem with normalisation and ReLU,
 * blocks that end with ReLU, shortcuts without weights.
 */
public final class ResNet extends ResidualNetwork {

    /**
     * The network of this architecture.
     *
     * @throws IllegalArgumentException if it is of another family or has several inputs
     */
    public ResNet(Architecture architecture) {
        super(architecture, trunk(architecture));
    }

    /** One network, such as an ensemble's member; see {@link Architecture} for the arguments. */
    public static ResNet plain(int depth, int width, int stemStride, ImageInput input) {
        return new ResNet(new Architecture(Kind.PLAIN, Family.RESNET, depth, 1, width, stemStride, 1, input));
    }

    /** M members that share all but rank-one factors and biases; see {@link Architecture} for the arguments. */
    public static ResNet batchEnsemble(int depth, int width, int stemStride, int members, ImageInput input) {
        return new ResNet(
                new Architecture(Kind.BATCH_ENSEMBLE, Family.RESNET, depth, 1, width, stemStride, members, input));
    }

    private static Trunk trunk(Architecture architecture) {
        if (architecture.family() != Family.RESNET) {
            throw new IllegalArgumentException("not the architecture of a ResNet: " + architecture);
        }
        Layers layers = new Layers(architecture);
        return new Trunk(
                layers.stem(),
                new BatchNormalisation("stem.bn", architecture.width()),
                layers.stages(ResNet::block),
                null);
    }

    private static Block block(Layers layers, String prefix, int inputs, int outputs, int stride) {
        return new BasicBlock(
                layers.convolution(prefix + "conv1", inputs, outputs, 3, stride),
                new BatchNormalisation(prefix + "bn1", outputs),
                layers.convolution(prefix + "conv2", outputs, outputs, 3, 1),
                new BatchNormalisation(prefix + "bn2", outputs));
    }
}
