package dev.polyphony.models.networks;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import dev.polyphony.models.Layout.Kind;
import dev.polyphony.models.Temporaries;
import dev.polyphony.models.engine.Operations;
import org.jspecify.annotations.Nullable;

/**
 * A convolution without bias, zero-padded so that stride 1 keeps the size.
 *
 * @param name of the layer
 * @param inputs input channels
 * @param outputs output channels
 * @param kernel height and width of the kernels, an odd number
 * @param stride of both directions
 * @param factors of a BatchEnsemble, or none
 * @param sharedInput whether all members see the same rows, as in a network's first layer
 */
record Convolution(
        String name,
        int inputs,
        int outputs,
        int kernel,
        int stride,
        @Nullable RankOneFactors factors,
        boolean sharedInput) {

    void declare(Declaration declaration) {
        declaration.parameter(name + ".weight", Kind.SHARED, outputs, inputs, kernel, kernel);
        if (factors != null) {
            factors.declare(declaration);
        }
    }

    /**
     * Convolves each member's rows with its own kernels.
     *
     * @param images [M*B, C, H, W] member-major, or [B, C, H, W] if the input is shared
     * @return [M*B, C', H', W']
     */
    NDArray apply(NDArray images, Tensors tensors) {
        NDArray kernels = tensors.parameter(name + ".weight");
        if (factors == null) {
            return convolve(images, kernels);
        }
        int members = factors.members();
        NDList folded = factors.foldInto(kernels, tensors);
        return Temporaries.closedBut(() -> {
            NDList rows = sharedInput ? new NDList(images) : images.split(members, 0);
            NDList outputsOfMembers = new NDList(members);
            for (int member = 0; member < members; member++) {
                outputsOfMembers.add(convolve(rows.get(sharedInput ? 0 : member), folded.get(member)));
            }
            return NDArrays.concat(outputsOfMembers, 0);
        });
    }

    private NDArray convolve(NDArray images, NDArray kernels) {
        return Operations.convolution(images, kernels, stride, kernel / 2);
    }
}
