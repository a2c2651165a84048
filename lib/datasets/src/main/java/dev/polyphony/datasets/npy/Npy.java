package dev.polyphony.datasets.npy;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;

/** Reads and writes single arrays in the NPY format, versions 1.0 and 2.0 (NumPy enhancement proposal 1). */
public final class Npy {

    private static final int MAXIMUM_HEADER = 1 << 16;

    private Npy() {}

    static byte[] magic() {
        return new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};
    }

    /**
     * Reads a file that holds one array and nothing else.
     *
     * @throws InvalidNpyException if the file is missing or is not such a file
     */
    public static NpyArray read(Path file) {
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
            return read(file.toString(), in);
        } catch (NoSuchFileException missing) {
            throw new InvalidNpyException(file.toString(), "there is no such file", missing);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /**
     * Reads an array that reaches to the end of a stream.
     *
     * @param where names the source in messages
     * @param in is not closed
     * @throws InvalidNpyException if the stream is not an array, or goes on after it
     */
    public static NpyArray read(String where, InputStream in) throws IOException {
        return read(where, in, Long.MAX_VALUE);
    }

    /** Reads an array that, with its header, has at most so many bytes, whatever the header promises. */
    static NpyArray read(String where, InputStream in, long maximumBytes) throws IOException {
        NpyHeader header = readHeader(where, in);
        int expected = header.byteCount();
        if (expected > maximumBytes) {
            throw truncated(where, header, "the whole entry has " + maximumBytes);
        }
        // Grows with what is really there: a header that promises 2 GB costs nothing by itself.
        byte[] data = in.readNBytes(expected);
        if (data.length < expected) {
            throw truncated(where, header, "there are " + data.length);
        }
        if (in.read() >= 0) {
            throw new InvalidNpyException(where, "there are bytes after the " + expected + " of the array");
        }
        return new NpyArray(header.type(), header.shape(), ByteBuffer.wrap(data));
    }

    /**
     * Maps a file that holds one array and nothing else: its elements come into memory as they are looked at. The file
     * must not change as long as the array is used.
     *
     * @throws InvalidNpyException if the file is missing or is not such a file
     */
    public static NpyArray map(Path file) {
        try (FileChannel channel = FileChannel.open(file)) {
            NpyHeader header = readHeader(file.toString(), Channels.newInputStream(channel));
            long start = channel.position();
            long present = channel.size() - start;
            if (present != header.byteCount()) {
                throw present < header.byteCount()
                        ? truncated(file.toString(), header, "there are " + present)
                        : new InvalidNpyException(file.toString(), "there are bytes after the array");
            }
            return new NpyArray(
                    header.type(), header.shape(), channel.map(FileChannel.MapMode.READ_ONLY, start, present));
        } catch (NoSuchFileException missing) {
            throw new InvalidNpyException(file.toString(), "there is no such file", missing);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /**
     * What precedes the elements of an array in a file, for those who write elements one after another.
     *
     * @throws IllegalArgumentException if there are more elements than a reader takes
     */
    public static byte[] header(NpyType type, long... shape) {
        NpyHeader.byteCount(type, shape);
        return new NpyHeader(type, shape).encode();
    }

    /** Writes an array with its header, version 1.0; the stream is not closed. */
    public static void write(NpyArray array, OutputStream out) throws IOException {
        out.write(new NpyHeader(array.type(), array.shape()).encode());
        Channels.newChannel(out).write(array.data());
    }

    private static InvalidNpyException truncated(String where, NpyHeader header, String present) {
        return new InvalidNpyException(
                where,
                "truncated: shape " + Arrays.toString(header.shape()) + " of "
                        + header.type().descriptor() + " needs " + header.byteCount() + " bytes, " + present);
    }

    private static NpyHeader readHeader(String where, InputStream in) throws IOException {
        byte[] magic = in.readNBytes(magic().length);
        if (!Arrays.equals(magic, magic())) {
            throw new InvalidNpyException(where, "not an NPY file: it does not begin with \\x93NUMPY");
        }
        try {
            int version = unsigned(in, 1);
            int minor = unsigned(in, 1);
            if ((version != 1 && version != 2) || minor != 0) {
                throw new InvalidNpyException(
                        where, "NPY version " + version + "." + minor + " is not read; 1.0 and 2.0 are");
            }
            int length = unsigned(in, version == 1 ? 2 : 4);
            if (length < 0 || length > MAXIMUM_HEADER) {
                throw new InvalidNpyException(
                        where,
                        "the NPY header says it has " + Integer.toUnsignedString(length) + " bytes; at most "
                                + MAXIMUM_HEADER + " are read");
            }
            byte[] text = in.readNBytes(length);
            if (text.length < length) {
                throw new EOFException();
            }
            return NpyHeaderParser.parse(where, new String(text, StandardCharsets.ISO_8859_1));
        } catch (EOFException end) {
            throw new InvalidNpyException(where, "truncated: the file ends within the NPY header", end);
        }
    }

    private static int unsigned(InputStream in, int bytes) throws IOException {
        int value = 0;
        for (int i = 0; i < bytes; i++) {
            int next = in.read();
            if (next < 0) {
                throw new EOFException();
            }
            value |= next << (8 * i);
        }
        return value;
    }
}
