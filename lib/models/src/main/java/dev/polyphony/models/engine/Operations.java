package dev.polyphony.models.engine;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import org.jspecify.annotations.Nullable;

/** The engine's own kernels for what the DJL api offers only through blocks that own their parameters. */
public final class Operations {

    private static final Shape NO_DILATION = new Shape(1, 1);

    private Operations() {}

    /**
     * Two-dimensional convolution without bias.
     *
     * @param images [N, C, H, W]
     * @param kernels [C', C, k, k]
     * @param stride of both directions
     * @param padding zeros on each side
     * @return [N, C', H', W'], in the memory order of {@code images}
     */
    public static NDArray convolution(NDArray images, NDArray kernels, int stride, int padding) {
        return JniUtils.convolution(
                (PtNDArray) images,
                (PtNDArray) kernels,
                null,
                new Shape(stride, stride),
                new Shape(padding, padding),
                NO_DILATION,
                1);
    }

    /**
     * Batch normalisation over all axes but the second.
     *
     * @param array [N, C, H, W]
     * @param gamma [C], scale
     * @param beta [C], shift
     * @param mean [C], running mean; updated in place when training
     * @param variance [C], running variance; updated in place when training, with the unbiased variance
     * @param training whether the minibatch's own statistics normalise it
     * @param momentum weight of the minibatch in the running statistics
     * @param epsilon added to the variance
     */
    public static NDArray batchNormalisation(
            NDArray array,
            NDArray gamma,
            NDArray beta,
            NDArray mean,
            NDArray variance,
            boolean training,
            double momentum,
            double epsilon) {
        // The engine's method calls its second to fifth argument gamma, beta, mean, variance; it takes them in this
        // order.
        return JniUtils.batchNorm(
                (PtNDArray) array,
                (PtNDArray) mean,
                (PtNDArray) variance,
                (PtNDArray) gamma,
                (PtNDArray) beta,
                training,
                momentum,
                epsilon);
    }

    /**
     * An array of these numbers whose memory the engine owns. What {@code manager.create} makes is an alias of a Java
     * buffer: a recorded graph that outlives the Java object would read freed memory in its backward pass.
     *
     * @param type of the result, a floating-point type
     */
    public static NDArray constant(NDManager manager, float[] numbers, Shape shape, DataType type) {
        try (NDArray alias = manager.create(numbers, shape);
                NDArray owned = alias.duplicate()) {
            // Not of the alias: a conversion to the type it has already copies nothing, whatever it is asked for.
            return owned.toType(type, true);
        }
    }

    /**
     * A float32 number whose memory the engine owns, to multiply or divide by what is differentiated. The api's methods
     * that take a Java number make an alias and close it at once, while the recorded graph still refers to it.
     */
    public static NDArray number(NDManager manager, float number) {
        return constant(manager, new float[] {number}, new Shape(1), DataType.FLOAT32)
                .reshape(new Shape());
    }

    /** max(x, 0), by element. */
    public static NDArray relu(NDArray array) {
        return JniUtils.relu((PtNDArray) array);
    }

    /**
     * Rows times the transposed matrix, plus a bias.
     *
     * @param rows [N, F]
     * @param matrix [K, F]
     * @param bias [K], or none
     * @return [N, K]
     */
    public static NDArray linear(NDArray rows, NDArray matrix, @Nullable NDArray bias) {
        return JniUtils.linear((PtNDArray) rows, (PtNDArray) matrix, (PtNDArray) bias);
    }

    /**
     * The same values in the memory order the processor's convolutions are fastest in (channels last); the shape stays.
     *
     * @param images [N, C, H, W]
     */
    public static NDArray channelsLast(NDArray images) {
        Shape shape = images.getShape();
        return images.transpose(0, 2, 3, 1)
                .reshape(-1)
                .reshape(shape.get(0), shape.get(2), shape.get(3), shape.get(1))
                .transpose(0, 3, 1, 2);
    }
}
