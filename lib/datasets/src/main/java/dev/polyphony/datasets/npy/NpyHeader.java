package dev.polyphony.datasets.npy;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.Collectors;

/** What precedes the elements of an NPY file. */
@SuppressWarnings("ArrayRecordComponent")
record NpyHeader(NpyType type, long... shape) {

    /** Elements lie in one buffer, whose length is an int. */
    static final int MAXIMUM_BYTES = Integer.MAX_VALUE - 8;

    private static final int ALIGNMENT = 64;
    private static final int PREFIX = 10;

    /** Bytes of all elements; at most {@link #MAXIMUM_BYTES}. */
    static int byteCount(NpyType type, long... shape) {
        long count = type.bytes();
        for (long size : shape) {
            if (size < 0) {
                throw new IllegalArgumentException("shape " + Arrays.toString(shape) + " has a negative size");
            }
            long high = Math.multiplyHigh(count, size);
            count *= size;
            if (high != 0 || count < 0 || count > MAXIMUM_BYTES) {
                throw new IllegalArgumentException("shape " + Arrays.toString(shape) + " of " + type.descriptor()
                        + " is more than the " + MAXIMUM_BYTES + " bytes that can be held");
            }
        }
        return (int) count;
    }

    int byteCount() {
        return byteCount(type, shape);
    }

    /** Magic, version 1.0, length and dictionary, padded with spaces as NumPy does. */
    byte[] encode() {
        String sizes = Arrays.stream(shape).mapToObj(Long::toString).collect(Collectors.joining(", "));
        String dictionary = "{'descr': '" + type.descriptor() + "', 'fortran_order': False, 'shape': (" + sizes
                + (shape.length == 1 ? "," : "") + "), }";
        int unpadded = PREFIX + dictionary.length() + 1;
        int padding = (ALIGNMENT - unpadded % ALIGNMENT) % ALIGNMENT;
        String text = dictionary + " ".repeat(padding) + "\n";
        byte[] bytes = new byte[PREFIX + text.length()];
        byte[] magic = Npy.magic();
        System.arraycopy(magic, 0, bytes, 0, magic.length);
        bytes[magic.length] = 1;
        bytes[PREFIX - 2] = (byte) text.length();
        bytes[PREFIX - 1] = (byte) (text.length() >> 8);
        System.arraycopy(text.getBytes(StandardCharsets.US_ASCII), 0, bytes, PREFIX, text.length());
        return bytes;
    }
}
