package dev.polyphony.datasets;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.zip.DeflaterOutputStream;

/** Writes MATLAB 5 files byte by byte from the published format, so that a library's mistakes do not cancel out. */
final class MatFiles {

    static final int UINT8_CLASS = 9;
    static final int DOUBLE_CLASS = 6;
    static final int CELL_CLASS = 1;

    private static final int INT8 = 1;
    private static final int UINT8 = 2;
    private static final int INT32 = 5;
    private static final int UINT32 = 6;
    private static final int MATRIX = 14;
    private static final int COMPRESSED = 15;

    private MatFiles() {}

    /** A file of elements, each compressed on its own, as MATLAB writes them since version 7. */
    static byte[] compressed(byte[]... elements) {
        byte[][] deflated = new byte[elements.length][];
        for (int i = 0; i < elements.length; i++) {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            try (DeflaterOutputStream deflater = new DeflaterOutputStream(out)) {
                deflater.write(elements[i]);
            } catch (IOException impossible) {
                throw new UncheckedIOException(impossible);
            }
            // Compressed elements are not padded.
            deflated[i] = join(ints(COMPRESSED, out.size()), out.toByteArray());
        }
        return plain(deflated);
    }

    /** A file of elements as they are. */
    static byte[] plain(byte[]... elements) {
        byte[] bytes = new byte[128];
        ByteBuffer header = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        header.put("MATLAB 5.0 MAT-file, made by a test".getBytes(StandardCharsets.US_ASCII));
        while (header.position() < 116) {
            header.put((byte) ' ');
        }
        header.position(124);
        header.putShort((short) 0x0100).put((byte) 'I').put((byte) 'M');
        return join(bytes, join(elements));
    }

    /** A real array of unsigned bytes. */
    static byte[] bytes(String name, byte[] values, int... sizes) {
        return array(UINT8_CLASS, name, element(UINT8, values), sizes);
    }

    static byte[] array(int type, String name, byte[] values, int... sizes) {
        return element(
                MATRIX,
                join(
                        element(UINT32, ints(type, 0)),
                        element(INT32, ints(sizes)),
                        element(INT8, name.getBytes(StandardCharsets.US_ASCII)),
                        values));
    }

    /** An array whose name says it has so many bytes, and has none. */
    static byte[] namedByLength(int length) {
        byte[] description = join(element(UINT32, ints(UINT8_CLASS, 0)), element(INT32, ints(1, 1)));
        return join(ints(MATRIX, 1 << 20), description, ints(INT8, length));
    }

    /** Values that say they are so many bytes, and are none. */
    static byte[] promised(int length) {
        return ints(UINT8, length);
    }

    static byte[] element(int type, byte[] data) {
        int padding = type == MATRIX ? 0 : (8 - data.length % 8) % 8;
        return join(ints(type, data.length), data, new byte[padding]);
    }

    static byte[] ints(int... values) {
        byte[] bytes = new byte[4 * values.length];
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asIntBuffer().put(values);
        return bytes;
    }

    static byte[] join(byte[]... parts) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            out.writeBytes(part);
        }
        return out.toByteArray();
    }
}
