package dev.polyphony.datasets.npy;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/** The element types that are read and written; all little endian. */
public enum NpyType {
    /** Unsigned byte. */
    UINT8("|u1", 1),
    INT32("<i4", 4),
    INT64("<i8", 8),
    /** IEEE 754 half precision. */
    FLOAT16("<f2", 2),
    FLOAT32("<f4", 4),
    FLOAT64("<f8", 8);

    private final String descriptor;
    private final int bytes;

    NpyType(String descriptor, int bytes) {
        this.descriptor = descriptor;
        this.bytes = bytes;
    }

    /** NumPy's name, such as {@code <f4}. */
    public String descriptor() {
        return descriptor;
    }

    /** Bytes of one element. */
    public int bytes() {
        return bytes;
    }

    static Optional<NpyType> of(String descriptor) {
        return Arrays.stream(values())
                .filter(type -> type.descriptor.equals(descriptor))
                .findFirst();
    }

    static String descriptors() {
        return Arrays.stream(values()).map(NpyType::descriptor).collect(Collectors.joining(", "));
    }
}
