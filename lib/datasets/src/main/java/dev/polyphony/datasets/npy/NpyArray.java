package dev.polyphony.datasets.npy;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/** An array as NumPy stores it: an element type, a shape, and little-endian elements in C order. Immutable. */
public final class NpyArray {

    private final NpyType type;
    private final long[] shape;
    private final ByteBuffer data;

    /**
     * Wraps elements without copying.
     *
     * @param type of the elements
     * @param shape sizes of the axes, empty for a scalar
     * @param data the elements, little endian, between position and limit; not to be changed afterwards
     * @throws IllegalArgumentException if the data are not as long as type and shape say
     */
    public NpyArray(NpyType type, long[] shape, ByteBuffer data) {
        this.type = type;
        this.shape = shape.clone();
        this.data = data.slice().asReadOnlyBuffer().order(ByteOrder.LITTLE_ENDIAN);
        long expected = NpyHeader.byteCount(type, shape);
        if (expected != this.data.limit()) {
            throw new IllegalArgumentException("shape " + Arrays.toString(shape) + " of " + type.descriptor() + " has "
                    + expected + " bytes, got " + this.data.limit());
        }
    }

    /** Unsigned bytes; the values are not copied. */
    public static NpyArray ofBytes(byte[] values, long... shape) {
        return new NpyArray(NpyType.UINT8, shape, ByteBuffer.wrap(values));
    }

    /** 32 bit integers, copied. */
    public static NpyArray ofInts(int[] values, long... shape) {
        ByteBuffer data = allocate(values.length, Integer.BYTES);
        data.asIntBuffer().put(values);
        return new NpyArray(NpyType.INT32, shape, data);
    }

    /** Single precision numbers, copied. */
    public static NpyArray ofFloats(float[] values, long... shape) {
        ByteBuffer data = allocate(values.length, Float.BYTES);
        data.asFloatBuffer().put(values);
        return new NpyArray(NpyType.FLOAT32, shape, data);
    }

    /** Double precision numbers, copied. */
    public static NpyArray ofDoubles(double[] values, long... shape) {
        ByteBuffer data = allocate(values.length, Double.BYTES);
        data.asDoubleBuffer().put(values);
        return new NpyArray(NpyType.FLOAT64, shape, data);
    }

    private static ByteBuffer allocate(int elements, int bytes) {
        return ByteBuffer.allocate(Math.multiplyExact(elements, bytes)).order(ByteOrder.LITTLE_ENDIAN);
    }

    /** The type of the elements. */
    public NpyType type() {
        return type;
    }

    /** The sizes of the axes, a copy; empty for a scalar. */
    public long[] shape() {
        return shape.clone();
    }

    /** Number of elements. */
    public int count() {
        return data.limit() / type.bytes();
    }

    /** The elements as they are stored: a read-only little-endian view with its own position. */
    public ByteBuffer data() {
        return data.duplicate().order(ByteOrder.LITTLE_ENDIAN);
    }

    /** The stored bytes, a copy; for UINT8 the elements. */
    public byte[] toBytes() {
        byte[] bytes = new byte[data.limit()];
        data().get(bytes);
        return bytes;
    }

    /**
     * The elements in C order.
     *
     * @throws ArithmeticException if a 64 bit integer has no exact double
     */
    public double[] toDoubles() {
        double[] values = new double[count()];
        for (int i = 0; i < values.length; i++) {
            values[i] = number(i);
        }
        return values;
    }

    /** The elements in C order, rounded to single precision. */
    public float[] toFloats() {
        float[] values = new float[count()];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) number(i);
        }
        return values;
    }

    /**
     * The elements in C order.
     *
     * @throws IllegalStateException if the type is not an integer type
     * @throws ArithmeticException if a 64 bit integer does not fit
     */
    public int[] toInts() {
        int[] values = new int[count()];
        for (int i = 0; i < values.length; i++) {
            values[i] = switch (type) {
                case UINT8 -> Byte.toUnsignedInt(data.get(i));
                case INT32 -> data.getInt(i * Integer.BYTES);
                case INT64 -> Math.toIntExact(data.getLong(i * Long.BYTES));
                case FLOAT16, FLOAT32, FLOAT64 ->
                    throw new IllegalStateException("an array of " + type.descriptor() + " holds no integers");
            };
        }
        return values;
    }

    private double number(int index) {
        return switch (type) {
            case UINT8 -> Byte.toUnsignedInt(data.get(index));
            case INT32 -> data.getInt(index * Integer.BYTES);
            case INT64 -> exact(data.getLong(index * Long.BYTES));
            case FLOAT16 -> half(data.getShort(index * Short.BYTES));
            case FLOAT32 -> data.getFloat(index * Float.BYTES);
            case FLOAT64 -> data.getDouble(index * Double.BYTES);
        };
    }

    private static double exact(long value) {
        double converted = (double) value;
        if (value == Long.MAX_VALUE || (long) converted != value) {
            throw new ArithmeticException(value + " has no exact double");
        }
        return converted;
    }

    /** IEEE 754 half precision: 1 sign, 5 exponent, 10 fraction bits. */
    private static double half(short bits) {
        int exponent = (bits >> 10) & 0x1f;
        int fraction = bits & 0x3ff;
        double magnitude;
        if (exponent == 0x1f) {
            magnitude = fraction == 0 ? Double.POSITIVE_INFINITY : Double.NaN;
        } else if (exponent == 0) {
            magnitude = Math.scalb((double) fraction, -24);
        } else {
            magnitude = Math.scalb((double) (fraction | 0x400), exponent - 25);
        }
        return bits < 0 ? -magnitude : magnitude;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof NpyArray that
                && type == that.type
                && Arrays.equals(shape, that.shape)
                && data.equals(that.data);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(shape) + data.hashCode();
    }

    @Override
    public String toString() {
        return type.descriptor() + Arrays.toString(shape);
    }
}
