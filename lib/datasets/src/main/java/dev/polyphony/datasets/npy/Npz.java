package dev.polyphony.datasets.npy;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/** Reads and writes named arrays in an NPZ archive: a zip file with one {@code name.npy} per array. */
public final class Npz {

    static final String SUFFIX = ".npy";

    private Npz() {}

    /**
     * Reads all arrays; together they may have at most 2 GiB, and at most half of the memory this program may use.
     *
     * @return by name, without {@code .npy}, in the order of the archive
     * @throws InvalidNpyException if the file is missing, damaged, or holds anything but arrays this package reads
     */
    public static Map<String, NpyArray> read(Path file) {
        return read(file, Math.min(NpyHeader.MAXIMUM_BYTES, Runtime.getRuntime().maxMemory() / 2));
    }

    /** A small archive can inflate to any size: nothing is read that would go beyond the maximum. */
    static Map<String, NpyArray> read(Path file, long maximumBytes) {
        if (!Files.isRegularFile(file)) {
            throw new InvalidNpyException(file.toString(), "there is no such file");
        }
        Map<String, NpyArray> arrays = new LinkedHashMap<>();
        long total = 0;
        try (ZipFile zip = new ZipFile(file.toFile())) {
            for (ZipEntry entry : Collections.list(zip.entries())) {
                String where = file + "!" + entry.getName();
                if (!entry.getName().endsWith(SUFFIX)) {
                    throw new InvalidNpyException(where, "not an array: its name does not end with " + SUFFIX);
                }
                String name = entry.getName().substring(0, entry.getName().length() - SUFFIX.length());
                total += entry.getSize();
                if (total > maximumBytes) {
                    throw new InvalidNpyException(
                            where,
                            "the arrays up to this one have " + total + " bytes; at most " + maximumBytes
                                    + " are read from one archive (2 GiB, or half of Java's -Xmx)");
                }
                NpyArray array = read(zip, entry, where);
                if (arrays.put(name, array) != null) {
                    throw new InvalidNpyException(where, "the archive has two arrays of this name");
                }
            }
        } catch (EOFException end) {
            throw new InvalidNpyException(file.toString(), "truncated: not a whole NPZ archive", end);
        } catch (ZipException damaged) {
            throw new InvalidNpyException(
                    file.toString(), "not a readable NPZ archive (" + damaged.getMessage() + ")", damaged);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        return Collections.unmodifiableMap(arrays);
    }

    /** Writes all arrays; the file appears whole or not at all. */
    public static void write(Path file, Map<String, NpyArray> arrays) {
        write(file, writer -> arrays.forEach(writer::add));
    }

    /**
     * Writes arrays one after another; the file appears whole, or not at all if anything fails on the way.
     *
     * @param file is replaced once all arrays are written
     * @param contents adds the arrays
     */
    public static void write(Path file, Contents contents) {
        try (NpzWriter writer = new NpzWriter(file)) {
            boolean complete = false;
            try {
                contents.writeTo(writer);
                complete = true;
            } catch (IOException failure) {
                throw new UncheckedIOException(failure);
            } finally {
                if (!complete) {
                    writer.discard();
                }
            }
        }
    }

    /** Puts arrays into an archive. */
    public interface Contents {

        /** Adds all arrays; the writer is closed by whoever opened it. */
        void writeTo(NpzWriter writer) throws IOException;
    }

    private static NpyArray read(ZipFile zip, ZipEntry entry, String where) throws IOException {
        try (InputStream in = zip.getInputStream(entry);
                CheckedInputStream checked = new CheckedInputStream(new BufferedInputStream(in), new CRC32())) {
            NpyArray array = Npy.read(where, checked, entry.getSize());
            if (checked.getChecksum().getValue() != entry.getCrc()) {
                throw new InvalidNpyException(where, "damaged: the checksum of the zip entry does not match");
            }
            return array;
        } catch (EOFException end) {
            throw new InvalidNpyException(where, "truncated: the compressed data end too early", end);
        }
    }
}
