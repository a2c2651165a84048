package dev.polyphony.models;

import dev.polyphony.experiment.ImageInput;

/**
 * What rebuilds a residual network.
 *
 * @param kind whether members share their weights
 * @param depth 6n+2: a stem, three stages of n blocks with two convolutions each, a linear layer
 * @param width channels of the first stage; the others have twice and four times as many
 * @param stemStride stride of the first convolution, 1 in the paper
 * @param members M; 1 for a plain network
 * @param input what it is fed
 */
public record Architecture(Kind kind, int depth, int width, int stemStride, int members, ImageInput input) {

    /** How a network's members come about. */
    public enum Kind {
        /** One network. */
        PLAIN,
        /** Members that differ by rank-one factors in every layer. */
        BATCH_ENSEMBLE
    }

    public Architecture {
        if (depth < 8 || (depth - 2) % 6 != 0) {
            throw new IllegalArgumentException(
                    "a residual network has depth 6n+2, such as 8, 14, 20 or 32, not " + depth);
        }
        if (width < 1 || stemStride < 1 || stemStride > 2) {
            throw new IllegalArgumentException(
                    "width is at least 1 and the stem's stride 1 or 2, got width " + width + ", stride " + stemStride);
        }
        if (members < 1 || (kind == Kind.PLAIN && members != 1)) {
            throw new IllegalArgumentException(
                    "a plain network has 1 member, a BatchEnsemble at least 1, got " + members + " for " + kind);
        }
    }

    int blocksPerStage() {
        return (depth - 2) / 6;
    }
}
