package dev.polyphony.models.networks;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import dev.polyphony.models.Layout.Kind;

/**
 * The factors by which BatchEnsemble's members differ in one layer: member m computes with W o (s_m r_m^T), which is
 * the paper's ((x o r_m) W) o s_m.
 *
 * @param name of the layer
 * @param members M
 * @param inputs input channels
 * @param outputs output channels
 */
record RankOneFactors(String name, int members, int inputs, int outputs) {

    void declare(Declaration declaration) {
        declaration.parameter(name + ".r", Kind.RANK_ONE, members, inputs);
        declaration.parameter(name + ".s", Kind.RANK_ONE, members, outputs);
    }

    /** [M, inputs]. */
    NDArray onInputs(Tensors tensors) {
        return tensors.parameter(name + ".r");
    }

    /** [M, outputs]. */
    NDArray onOutputs(Tensors tensors) {
        return tensors.parameter(name + ".s");
    }

    /**
     * Each member's own kernels. Folding the factors into the kernels touches far fewer numbers than multiplying the
     * activations by them.
     *
     * @param kernels [outputs, inputs, k, k]
     * @return M arrays of that shape
     */
    NDList foldInto(NDArray kernels, Tensors tensors) {
        NDArray outer = onOutputs(tensors)
                .reshape(members, outputs, 1, 1, 1)
                .mul(onInputs(tensors).reshape(members, 1, inputs, 1, 1));
        NDArray folded = outer.mul(kernels);
        NDList each = new NDList(members);
        for (NDArray slice : folded.split(members, 0)) {
            each.add(slice.reshape(kernels.getShape()));
        }
        return each;
    }
}
