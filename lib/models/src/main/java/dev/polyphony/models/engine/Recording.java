package dev.polyphony.models.engine;

import ai.djl.ndarray.NDArray;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import java.util.function.Supplier;

/**
 * Records operations of this thread for differentiation, until closed.
 *
 * <p>DJL's own gradient collector is one per process and leaves gradient mode on in a thread whose attempt failed; this
 * one is per thread, so several networks can be differentiated at once. Gradients accumulate in a leaf: use a fresh
 * leaf for each backward pass.
 */
public final class Recording implements AutoCloseable {

    private final boolean before = JniUtils.isGradMode();

    private Recording() {}

    /** Starts recording in this thread. */
    public static Recording start() {
        Recording recording = new Recording();
        JniUtils.setGradMode(true);
        return recording;
    }

    /** Computes something without recording it: nothing computed meanwhile keeps its inputs alive. */
    public static <T> T without(Supplier<T> computation) {
        boolean before = JniUtils.isGradMode();
        JniUtils.setGradMode(false);
        try {
            return computation.get();
        } finally {
            JniUtils.setGradMode(before);
        }
    }

    /** A new leaf with the same data as {@code array}, whose gradient {@link #backward} will compute. */
    public NDArray leaf(NDArray array) {
        NDArray leaf = array.stopGradient();
        leaf.setRequiresGradient(true);
        return leaf;
    }

    /**
     * Computes the gradients of a scalar with respect to all leaves it was computed from.
     *
     * @param loss float32, one element
     */
    public void backward(NDArray loss) {
        PtNDArray scalar = (PtNDArray) loss;
        try (NDArray one = loss.getManager().ones(loss.getShape())) {
            JniUtils.backward(scalar, (PtNDArray) one, false, false);
        }
    }

    /** Gradient mode goes back to what it was. */
    @Override
    public void close() {
        JniUtils.setGradMode(before);
    }
}
