package dev.polyphony.models.format;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;

/**
 * One named array of a safetensors file.
 *
 * @param name unique in its file
 * @param type of the elements
 * @param shape dimensions, each at least 0
 * @param data its elements, row-major and little-endian; shared, not copied
 */
public record Tensor(String name, Type type, List<Long> shape, ByteBuffer data) {

    /** Element types this project writes; others are refused. */
    public enum Type {
        /** IEEE 754, 32 bits. */
        F32(4),
        /** Signed, 64 bits. */
        I64(8),
        /** Unsigned, 8 bits. */
        U8(1);

        private final int bytes;

        Type(int bytes) {
            this.bytes = bytes;
        }

        /** Size of one element. */
        public int bytes() {
            return bytes;
        }
    }

    public Tensor {
        shape = List.copyOf(shape);
        data = data.slice().order(ByteOrder.LITTLE_ENDIAN);
        if (data.remaining() != byteCount(type, shape)) {
            throw new IllegalArgumentException(name + " of shape " + shape + " and type " + type + " takes "
                    + byteCount(type, shape) + " bytes, got " + data.remaining());
        }
    }

    /** The part of {@code values} from {@code offset} on that the shape needs, as a tensor of its own. */
    public static Tensor floats(String name, List<Long> shape, float[] values, int offset) {
        int count = Math.toIntExact(byteCount(Type.F32, shape) / Type.F32.bytes());
        ByteBuffer data = ByteBuffer.allocate(count * Type.F32.bytes()).order(ByteOrder.LITTLE_ENDIAN);
        data.asFloatBuffer().put(values, offset, count);
        return new Tensor(name, Type.F32, shape, data);
    }

    /** Copies the elements of a float32 tensor to {@code target} from {@code offset} on. */
    public void copyTo(float[] target, int offset) {
        data.duplicate()
                .order(ByteOrder.LITTLE_ENDIAN)
                .asFloatBuffer()
                .get(target, offset, data.remaining() / Type.F32.bytes());
    }

    /**
     * Bytes a tensor takes.
     *
     * @throws ArithmeticException if that is more than a long holds, or a dimension is negative
     */
    static long byteCount(Type type, List<Long> shape) {
        long count = type.bytes();
        for (long dimension : shape) {
            if (dimension < 0) {
                throw new ArithmeticException("negative dimension");
            }
            count = Math.multiplyExact(count, dimension);
        }
        return count;
    }
}
