package dev.polyphony.models.networks;

import ai.djl.ndarray.NDArray;
import dev.polyphony.models.Temporaries;
import dev.polyphony.models.engine.Operations;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A residual network between its normalised images and global average pooling.
 *
 * @param stem first convolution
 * @param stemNormalisation after it, with ReLU; none where the first block normalises
 * @param blocks in order
 * @param finalNormalisation after the last block, with ReLU; none where the last block ends with them
 */
record Trunk(
        Convolution stem,
        @Nullable BatchNormalisation stemNormalisation,
        List<Block> blocks,
        @Nullable BatchNormalisation finalNormalisation) {

    Trunk {
        blocks = List.copyOf(blocks);
    }

    void declare(Declaration declaration) {
        stem.declare(declaration);
        if (stemNormalisation != null) {
            stemNormalisation.declare(declaration);
        }
        blocks.forEach(block -> block.declare(declaration));
        if (finalNormalisation != null) {
            finalNormalisation.declare(declaration);
        }
    }

    /**
     * Feature maps of every member.
     *
     * @param pixels [B, C, H, W], normalised, channels last in memory
     * @return [M*B, F, H', W']
     */
    NDArray apply(NDArray pixels, Tensors tensors) {
        NDArray rows = Temporaries.closedBut(() -> active(stem.apply(pixels, tensors), stemNormalisation, tensors));
        for (Block block : blocks) {
            NDArray input = rows;
            rows = Temporaries.closedBut(() -> block.apply(input, tensors));
            input.close();
        }
        return active(rows, finalNormalisation, tensors);
    }

    private static NDArray active(NDArray rows, @Nullable BatchNormalisation normalisation, Tensors tensors) {
        return normalisation == null ? rows : Operations.relu(normalisation.apply(rows, tensors));
    }
}
