package dev.polyphony.models.networks;

import dev.polyphony.experiment.ImageInput;

/**
 * What rebuilds a residual network.
 *
 * @param kind how its members come about
 * @param family which residual network
 * @param depth 6n+2 for {@link Family#RESNET}, 6n+4 for {@link Family#WIDE_RESNET}, at most 9999; three stages of n
 *     blocks
 * @param widening the k of WRN-28xk: multiplies the channels of the stages, not those of the stem; 1 for a ResNet
 * @param width channels of the stem, 16 in the paper; the stages have widening times 1, 2 and 4 times as many
 * @param stemStride stride of the first convolution, 1 in the paper
 * @param members M, at most 1000; 1 for a plain network
 * @param input what it is fed
 */
public record Architecture(
        Kind kind, Family family, int depth, int widening, int width, int stemStride, int members, ImageInput input) {

    /** How a network's members come about. */
    public enum Kind {
        /** One network. */
        PLAIN,
        /** Members that differ by rank-one factors in every layer. */
        BATCH_ENSEMBLE,
        /** One network with as many inputs and as many outputs as members; see {@link Mimo}. */
        MIMO
    }

    /** Residual networks. */
    public enum Family {
        /** {@code resnet-N}, N = 6n+2: {@link ResNet}. */
        RESNET(2),
        /** {@code wrn-D-K}, D = 6n+4: {@link WideResNet}. */
        WIDE_RESNET(4);

        private final int layersBesideBlocks;

        Family(int layersBesideBlocks) {
            this.layersBesideBlocks = layersBesideBlocks;
        }

        /** The n of 6n+2 or 6n+4, or 0 if the depth is no such number. */
        int blocksPerStage(int depth) {
            int layers = depth - layersBesideBlocks;
            return layers < 6 || layers % 6 != 0 ? 0 : layers / 6;
        }
    }

    private static final int DEEPEST = 9999;
    private static final int MOST_MEMBERS = 1000;

    public Architecture {
        if (depth > DEEPEST) {
            throw new IllegalArgumentException("a depth is at most " + DEEPEST + ", not " + depth);
        }
        if (family.blocksPerStage(depth) == 0) {
            throw new IllegalArgumentException(
                    family == Family.RESNET
                            ? "a residual network has depth 6n+2, such as 8, 14, 20 or 32, not " + depth
                            : "a wide residual network has depth 6n+4, such as 10, 16 or 28, not " + depth);
        }
        if (widening < 1 || (family == Family.RESNET && widening != 1)) {
            throw new IllegalArgumentException(
                    "a wide residual network is widened by 1 or more, others by 1, got " + widening + " for " + family);
        }
        if (width < 1 || stemStride < 1 || stemStride > 2) {
            throw new IllegalArgumentException(
                    "width is at least 1 and the stem's stride 1 or 2, got width " + width + ", stride " + stemStride);
        }
        if (members < 1 || members > MOST_MEMBERS || (kind == Kind.PLAIN && members != 1)) {
            throw new IllegalArgumentException(
                    "a plain network has 1 member, others 1 to " + MOST_MEMBERS + ", got " + members + " for " + kind);
        }
    }

    int blocksPerStage() {
        return family.blocksPerStage(depth);
    }

    /** Channels of a stage, counted from 0. */
    int stageWidth(int stage) {
        return (width * widening) << stage;
    }
}
