package dev.polyphony.models.networks;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import dev.polyphony.models.Temporaries;
import dev.polyphony.models.engine.Operations;

/**
 * Two convolutions and a shortcut without weights: relu(BN(conv(relu(BN(conv(x))))) + shortcut(x)).
 *
 * @param first convolution, which may have a stride and more outputs than inputs
 * @param firstNormalisation after it
 * @param second convolution
 * @param secondNormalisation after it
 */
record BasicBlock(
        Convolution first,
        BatchNormalisation firstNormalisation,
        Convolution second,
        BatchNormalisation secondNormalisation)
        implements Block {

    private static final NDIndex EVERY_SECOND_PIXEL = new NDIndex(":, :, ::2, ::2");

    @Override
    public void declare(Declaration declaration) {
        first.declare(declaration);
        firstNormalisation.declare(declaration);
        second.declare(declaration);
        secondNormalisation.declare(declaration);
    }

    @Override
    public NDArray apply(NDArray rows, Tensors tensors) {
        NDArray hidden = Temporaries.closedBut(
                () -> Operations.relu(firstNormalisation.apply(first.apply(rows, tensors), tensors)));
        NDArray sum = secondNormalisation.apply(second.apply(hidden, tensors), tensors);
        return Operations.relu(sum.addi(shortcut(rows, first.stride(), first.outputs())));
    }

    /**
     * Option A: the top left pixel of every 2 x 2, and zero channels after the existing ones.
     *
     * @param rows [N, C, H, W]
     * @param stride 1 or 2
     * @param channels C' of the result, at least C
     */
    static NDArray shortcut(NDArray rows, int stride, int channels) {
        NDArray sampled = stride == 1 ? rows : rows.get(EVERY_SECOND_PIXEL);
        Shape shape = sampled.getShape();
        long missing = channels - shape.get(1);
        if (missing == 0) {
            return sampled;
        }
        NDArray zeros = sampled.getManager()
                .zeros(new Shape(shape.get(0), shape.get(2), shape.get(3), missing), sampled.getDataType())
                .transpose(0, 3, 1, 2);
        return NDArrays.concat(new NDList(sampled, zeros), 1);
    }
}
