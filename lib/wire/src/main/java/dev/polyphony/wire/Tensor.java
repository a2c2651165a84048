package dev.polyphony.wire;

import com.google.protobuf.UnsafeByteOperations;
import dev.polyphony.wire.protobuf.TensorMessage;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A dense array: little endian, row-major, no padding.
 *
 * <p>The data is not copied: a decoded tensor is a read-only view of the record's bytes, and a tensor built from a
 * buffer sees later changes of it.
 *
 * @param dataType format of the elements
 * @param shape at most 8 dimensions, each at least 1
 * @param data exactly as many bytes as dataType and shape say
 */
public record Tensor(DataType dataType, List<Long> shape, ByteBuffer data) {

    /** More than any record needs. */
    private static final int MOST_DIMENSIONS = 8;

    /** All ones in a float32 that is infinite or not a number. */
    private static final int EXPONENT = 0x7f800000;

    public Tensor {
        if (shape.size() > MOST_DIMENSIONS) {
            throw new IllegalArgumentException(
                    "a tensor of " + shape.size() + " dimensions; at most " + MOST_DIMENSIONS + " are read");
        }
        shape = List.copyOf(shape);
        long bytes = dataType.bytes();
        for (long dimension : shape) {
            if (dimension < 1) {
                throw new IllegalArgumentException("a tensor of shape " + shape + " has no elements");
            }
            bytes = multiply(bytes, dimension, shape);
        }
        data = data.slice().order(ByteOrder.LITTLE_ENDIAN);
        if (data.remaining() != bytes) {
            throw new IllegalArgumentException("a " + dataType + " tensor of shape " + shape + " takes " + bytes
                    + " bytes, not " + data.remaining());
        }
    }

    private static long multiply(long bytes, long dimension, List<Long> shape) {
        long product = bytes * dimension;
        if (dimension > Integer.MAX_VALUE || product > Integer.MAX_VALUE) {
            throw new IllegalArgumentException("a tensor of shape " + shape + " is larger than 2 GiB");
        }
        return product;
    }

    /** A tensor of the bytes between the buffer's position and limit. */
    public static Tensor of(DataType dataType, ByteBuffer data, long... shape) {
        return new Tensor(dataType, Arrays.stream(shape).boxed().toList(), data);
    }

    /** A vector of INT32, [values.length]; copies. */
    public static Tensor ofInts(int[] values) {
        ByteBuffer data = littleEndian(values.length * 4);
        data.asIntBuffer().put(values);
        return of(DataType.INT32, data, values.length);
    }

    /** A FLOAT32 tensor; copies. */
    public static Tensor ofFloats(float[] values, long... shape) {
        ByteBuffer data = littleEndian(values.length * 4);
        data.asFloatBuffer().put(values);
        return of(DataType.FLOAT32, data, shape);
    }

    /** A UINT8 tensor over the array, without a copy. */
    public static Tensor ofBytes(byte[] values, long... shape) {
        return of(DataType.UINT8, ByteBuffer.wrap(values), shape);
    }

    static ByteBuffer littleEndian(int bytes) {
        return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    /** An own view of the data, little endian, position 0. */
    @Override
    public ByteBuffer data() {
        return data.duplicate().order(ByteOrder.LITTLE_ENDIAN);
    }

    /** The shape as an array. */
    public long[] dimensions() {
        return shape.stream().mapToLong(Long::longValue).toArray();
    }

    /** Elements. */
    public int elements() {
        return data.remaining() / dataType.bytes();
    }

    /** The elements of an INT32 tensor; copies. */
    public int[] toInts() {
        require(DataType.INT32);
        int[] values = new int[elements()];
        data().asIntBuffer().get(values);
        return values;
    }

    /** The elements of a FLOAT32 or FLOAT16 tensor; copies. */
    public float[] toFloats() {
        float[] values = new float[elements()];
        if (dataType == DataType.FLOAT16) {
            for (int i = 0; i < values.length; i++) {
                values[i] = Half.toFloat(data.getShort(2 * i));
            }
            return values;
        }
        require(DataType.FLOAT32);
        data().asFloatBuffer().get(values);
        return values;
    }

    /** Index of the first element of a FLOAT32 tensor that is infinite or not a number; -1 if there is none. */
    int firstNotFinite() {
        for (int at = 0; at < data.limit(); at += Float.BYTES) {
            if ((data.getInt(at) & EXPONENT) == EXPONENT) {
                return at / Float.BYTES;
            }
        }
        return -1;
    }

    /** The bytes of the elements; copies. */
    public byte[] toBytes() {
        byte[] bytes = new byte[data.remaining()];
        data().get(bytes);
        return bytes;
    }

    private void require(DataType wanted) {
        if (dataType != wanted) {
            throw new IllegalStateException("the tensor holds " + dataType + ", not " + wanted);
        }
    }

    long dimension(int axis) {
        return shape.get(axis);
    }

    /** Throws unless the tensor has one of the types and as many dimensions as the name shows, such as [B, C, H, W]. */
    void require(String what, String dimensions, List<DataType> types) {
        if (!types.contains(dataType)) {
            throw new IllegalArgumentException(what + " must be " + types + ", not " + dataType);
        }
        if (shape.size() != dimensions.split(",", -1).length) {
            throw new IllegalArgumentException(what + " must have shape " + dimensions + ", not " + shape);
        }
    }

    /** Rows from..to-1 of the given axis; a view without a copy when the axis is the first. */
    Tensor slice(int axis, int from, int to) {
        List<Long> part = new ArrayList<>(shape);
        part.set(axis, (long) (to - from));
        int row = rowBytes(axis);
        int stride = Math.toIntExact(dimension(axis)) * row;
        if (axis == 0) {
            return new Tensor(dataType, part, data.slice(from * row, (to - from) * row));
        }
        int outer = data.remaining() / stride;
        ByteBuffer target = ByteBuffer.allocate(outer * (to - from) * row);
        for (int i = 0; i < outer; i++) {
            target.put(data.slice(i * stride + from * row, (to - from) * row));
        }
        return new Tensor(dataType, part, target.flip());
    }

    /**
     * The tensors one after another along an axis; copies.
     *
     * @throws IllegalArgumentException if they differ in type or in another axis, or make more than 2 GiB
     */
    static Tensor concatenate(int axis, List<Tensor> tensors) {
        Tensor first = tensors.get(0);
        long total = 0;
        long rows = 0;
        for (Tensor tensor : tensors) {
            if (tensor.dataType != first.dataType || !tensor.without(axis).equals(first.without(axis))) {
                throw new IllegalArgumentException("parts of a tensor that do not fit together: " + first.dataType + " "
                        + first.shape + " and " + tensor.dataType + " " + tensor.shape);
            }
            total += tensor.data.remaining();
            rows += tensor.dimension(axis);
        }
        if (total > Integer.MAX_VALUE) {
            throw new IllegalArgumentException("the parts of a tensor have " + total + " bytes, more than 2 GiB");
        }
        List<Long> whole = new ArrayList<>(first.shape);
        whole.set(axis, rows);
        ByteBuffer target = ByteBuffer.allocate((int) total);
        int outer =
                first.shape.subList(0, axis).stream().mapToInt(Long::intValue).reduce(1, (a, b) -> a * b);
        for (int i = 0; i < outer; i++) {
            for (Tensor tensor : tensors) {
                int block = tensor.data.remaining() / outer;
                target.put(tensor.data.slice(i * block, block));
            }
        }
        return new Tensor(first.dataType, whole, target.flip());
    }

    private List<Long> without(int axis) {
        List<Long> others = new ArrayList<>(shape);
        others.remove(axis);
        return others;
    }

    private int rowBytes(int axis) {
        return shape.subList(axis + 1, shape.size()).stream()
                .mapToInt(Long::intValue)
                .reduce(dataType.bytes(), (a, b) -> a * b);
    }

    TensorMessage message() {
        return TensorMessage.newBuilder()
                .setDataType(dataType.message())
                .addAllShape(shape)
                .setData(UnsafeByteOperations.unsafeWrap(data()))
                .build();
    }

    static Tensor of(TensorMessage message) {
        return new Tensor(
                DataType.of(message.getDataType()),
                message.getShapeList(),
                message.getData().asReadOnlyByteBuffer());
    }
}
