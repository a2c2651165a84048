package dev.polyphony.models.networks;

import ai.djl.ndarray.NDArray;
import dev.polyphony.models.Temporaries;
import dev.polyphony.models.engine.Operations;
import org.jspecify.annotations.Nullable;

/**
 * Two convolutions, each after normalisation and ReLU, and a shortcut: conv(relu(BN(conv(relu(BN(x)))))) + shortcut(x).
 *
 * @param firstNormalisation before the first convolution
 * @param first convolution, which may have a stride and more outputs than inputs
 * @param secondNormalisation before the second convolution
 * @param second convolution
 * @param projection 1 x 1 convolution of the raw x, as in the authors' reference code (others take relu(BN(x))); none
 *     where the shape stays
 */
record PreActivationBlock(
        BatchNormalisation firstNormalisation,
        Convolution first,
        BatchNormalisation secondNormalisation,
        Convolution second,
        @Nullable Convolution projection)
        implements Block {

    @Override
    public void declare(Declaration declaration) {
        firstNormalisation.declare(declaration);
        first.declare(declaration);
        secondNormalisation.declare(declaration);
        second.declare(declaration);
        if (projection != null) {
            projection.declare(declaration);
        }
    }

    @Override
    public NDArray apply(NDArray rows, Tensors tensors) {
        NDArray hidden = Temporaries.closedBut(
                () -> first.apply(Operations.relu(firstNormalisation.apply(rows, tensors)), tensors));
        NDArray sum = Temporaries.closedBut(
                () -> second.apply(Operations.relu(secondNormalisation.apply(hidden, tensors)), tensors));
        return sum.addi(projection == null ? rows : projection.apply(rows, tensors));
    }
}
