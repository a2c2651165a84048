package dev.polyphony.datasets.npy;

import java.io.BufferedOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.LocalDateTime;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * Writes an NPZ archive array by array, so that only one row of a large array need be in memory. The file appears under
 * its name when the writer is closed, whole; after a failed or unfinished array it does not appear at all. A writer
 * cannot see that its caller failed between two arrays: where that can happen, use {@link Npz#write(Path,
 * Npz.Contents)}. Equal arrays give equal bytes: the entries carry a fixed date. Not for several threads.
 */
public final class NpzWriter implements AutoCloseable {

    /** The first date a zip entry can carry. */
    private static final LocalDateTime DATE = LocalDateTime.of(1980, 1, 1, 0, 0);

    private final Path file;
    private final Path unfinished;
    private final ZipOutputStream zip;
    private final Set<String> names = new HashSet<>();
    private boolean writing;
    private boolean failed;
    private boolean closed;

    /**
     * Begins an archive next to its final place.
     *
     * @param file is replaced if it is there
     */
    public NpzWriter(Path file) {
        this.file = file.toAbsolutePath();
        Path directory = this.file.getParent();
        if (directory == null) {
            throw new IllegalArgumentException(file + " is not a file's name");
        }
        try {
            Files.createDirectories(directory);
            // Not createTempFile, whose files only their owner can read, even once they are published.
            unfinished = directory.resolve("." + this.file.getFileName() + "." + UUID.randomUUID() + ".part");
            zip = new ZipOutputStream(
                    new BufferedOutputStream(Files.newOutputStream(unfinished, StandardOpenOption.CREATE_NEW)));
            zip.setLevel(Deflater.BEST_SPEED);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /**
     * Writes a whole array.
     *
     * @param name without {@code .npy}
     */
    public void add(String name, NpyArray array) {
        try (OutputStream out = begin(name, array.type(), array.shape())) {
            Channels.newChannel(out).write(array.data());
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /**
     * Begins an array whose elements are written to the stream, little endian, in C order; closing the stream ends the
     * array and fails if the elements are fewer than the shape says.
     *
     * @param name without {@code .npy}
     */
    public OutputStream begin(String name, NpyType type, long... shape) {
        NpyHeader header;
        try {
            header = checked(name, type, shape);
        } catch (IllegalStateException | IllegalArgumentException refused) {
            discard();
            throw refused;
        }
        try {
            ZipEntry entry = new ZipEntry(name + Npz.SUFFIX);
            entry.setTimeLocal(DATE);
            writing = true;
            zip.putNextEntry(entry);
            zip.write(header.encode());
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        return new Elements(header.byteCount());
    }

    private NpyHeader checked(String name, NpyType type, long... shape) {
        if (closed || writing) {
            throw new IllegalStateException(closed ? "the archive is closed" : "the previous array is not finished");
        }
        if (!name.matches("[A-Za-z0-9_][A-Za-z0-9_.-]*") || !names.add(name)) {
            throw new IllegalArgumentException("'" + name
                    + "' cannot name an array: a name has letters, digits, '_', '-' and '.', and occurs once");
        }
        NpyHeader.byteCount(type, shape);
        return new NpyHeader(type, shape);
    }

    /** Makes sure that the archive is not published. */
    void discard() {
        failed = true;
    }

    /** Publishes the archive, if no array was refused and every one that was begun is complete. */
    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        try {
            if (writing || failed) {
                abandon();
                return;
            }
            zip.close();
            Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } finally {
            unfinished.toFile().delete();
        }
    }

    private void abandon() throws IOException {
        zip.close();
        Files.deleteIfExists(unfinished);
    }

    /** Counts what is written, so that an array is as long as its header says. */
    private final class Elements extends FilterOutputStream {
        private long missing;
        private boolean ended;

        Elements(long bytes) {
            super(zip);
            missing = bytes;
        }

        @Override
        public void write(int value) throws IOException {
            write(new byte[] {(byte) value}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            if (ended || length > missing) {
                discard();
                throw new IllegalStateException("more bytes than the shape of the array has");
            }
            zip.write(bytes, offset, length);
            missing -= length;
        }

        @Override
        public void close() throws IOException {
            if (ended) {
                return;
            }
            ended = true;
            if (missing > 0) {
                throw new IllegalStateException(missing + " bytes of the array are missing");
            }
            zip.closeEntry();
            writing = false;
        }
    }
}
