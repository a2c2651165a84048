package dev.polyphony.models.format;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A safetensors file in memory.
 *
 * <pre>
 * 0          8                    8+N
 * | N, int64 | header, N bytes     | data of all tensors, without gaps |
 *   little     JSON in UTF-8,        little-endian, row-major
 *   endian     padded with spaces
 *              so that 8 divides N
 *
 * header: {"__metadata__": {"key": "text", ...},
 *          "name": {"dtype": "F32", "shape": [2, 3], "data_offsets": [begin, end]}, ...}
 * </pre>
 *
 * @param metadata texts
 * @param tensors in the order of their data
 */
public record SafeTensors(SortedMap<String, String> metadata, List<Tensor> tensors) {

    static final long LONGEST_HEADER = 100_000_000;
    private static final int ALIGNMENT = 8;

    public SafeTensors {
        metadata = Collections.unmodifiableSortedMap(new TreeMap<>(metadata));
        tensors = List.copyOf(tensors);
    }

    /** With these metadata, sorted by key. */
    public static SafeTensors of(Map<String, String> metadata, List<Tensor> tensors) {
        return new SafeTensors(new TreeMap<>(metadata), tensors);
    }

    /** The tensor of this name. */
    public Optional<Tensor> find(String name) {
        return tensors.stream().filter(tensor -> tensor.name().equals(name)).findFirst();
    }

    /** The file's bytes; the same contents give the same bytes. */
    public byte[] encode() {
        byte[] header = SafeTensorsHeader.write(this);
        int padded = (header.length + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        file.writeBytes(ByteBuffer.allocate(Long.BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(padded)
                .array());
        file.writeBytes(header);
        file.writeBytes(" ".repeat(padded - header.length).getBytes(StandardCharsets.US_ASCII));
        for (Tensor tensor : tensors) {
            byte[] data = new byte[tensor.data().remaining()];
            tensor.data().duplicate().get(data);
            file.writeBytes(data);
        }
        return file.toByteArray();
    }

    /**
     * Reads a file. Tensors share memory with {@code bytes}; nothing is allocated by what the file merely claims.
     *
     * @param source names the file in messages
     * @throws InvalidModelFileException if it breaks the format in any way
     */
    public static SafeTensors decode(byte[] bytes, String source) {
        if (bytes.length < Long.BYTES) {
            throw new InvalidModelFileException(
                    source, "cut off: a safetensors file has at least 8 bytes, this one " + bytes.length);
        }
        long length = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getLong();
        if (length < 2 || length > LONGEST_HEADER) {
            throw new InvalidModelFileException(
                    source,
                    "not a safetensors file: its header would have " + Long.toUnsignedString(length)
                            + " bytes, at most " + LONGEST_HEADER + " are allowed");
        }
        if (length > bytes.length - Long.BYTES) {
            throw new InvalidModelFileException(
                    source,
                    "cut off: the header has " + length + " bytes, the file ends after " + (bytes.length - Long.BYTES));
        }
        int start = Long.BYTES + (int) length;
        ByteBuffer data = ByteBuffer.wrap(bytes, start, bytes.length - start).slice();
        return SafeTensorsHeader.read(
                new String(bytes, Long.BYTES, (int) length, StandardCharsets.UTF_8), data, source);
    }
}
