package dev.polyphony.models.networks;

import dev.polyphony.experiment.ImageInput;
import dev.polyphony.models.networks.Architecture.Family;
import dev.polyphony.models.networks.Architecture.Kind;

/**
 * The wide residual network of the paper's CIFAR-100 and TinyImageNet experiments, {@code wrn-D-K}: blocks with
 * normalisation and ReLU before each convolution, and a last normalisation and ReLU after them. As in the authors'
 * reference code the stem has neither of its own, and shortcuts that change the shape are 1 x 1 convolutions of the raw
 * block input, without normalisation. No dropout.
 */
public final class WideResNet extends ResidualNetwork {

    /**
     * The network of this architecture.
     *
     * @throws IllegalArgumentException if it is of another family or has several inputs
     */
    public WideResNet(Architecture architecture) {
        super(architecture, trunk(architecture));
    }

    /** One network, such as an ensemble's member; see {@link Architecture} for the arguments. */
    public static WideResNet plain(int depth, int widening, int width, int stemStride, ImageInput input) {
        return new WideResNet(
                new Architecture(Kind.PLAIN, Family.WIDE_RESNET, depth, widening, width, stemStride, 1, input));
    }

    /** M members that share all but rank-one factors and biases; see {@link Architecture} for the arguments. */
    public static WideResNet batchEnsemble(
            int depth, int widening, int width, int stemStride, int members, ImageInput input) {
        return new WideResNet(new Architecture(
                Kind.BATCH_ENSEMBLE, Family.WIDE_RESNET, depth, widening, width, stemStride, members, input));
    }

    private static Trunk trunk(Architecture architecture) {
        if (architecture.family() != Family.WIDE_RESNET) {
            throw new IllegalArgumentException("not the architecture of a wide residual network: " + architecture);
        }
        Layers layers = new Layers(architecture);
        return new Trunk(
                layers.stem(),
                null,
                layers.stages(WideResNet::block),
                new BatchNormalisation("final.bn", architecture.stageWidth(Layers.STAGES - 1)));
    }

    private static Block block(Layers layers, String prefix, int inputs, int outputs, int stride) {
        boolean sameShape = inputs == outputs && stride == 1;
        return new PreActivationBlock(
                new BatchNormalisation(prefix + "bn1", inputs),
                layers.convolution(prefix + "conv1", inputs, outputs, 3, stride),
                new BatchNormalisation(prefix + "bn2", outputs),
                layers.convolution(prefix + "conv2", outputs, outputs, 3, 1),
                sameShape ? null : layers.convolution(prefix + "projection", inputs, outputs, 1, stride));
    }
}
