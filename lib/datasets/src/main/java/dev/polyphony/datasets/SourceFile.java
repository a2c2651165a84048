package dev.polyphony.datasets;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SortedMap;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/**
 * A file of a data set in memory, decompressed if it was compressed with gzip.
 *
 * @param name for messages
 * @param content what the file says
 */
@SuppressWarnings("ArrayRecordComponent")
record SourceFile(String name, byte[] content) {

    /** Compressed files end with it; the names of checksums do not. */
    static final String GZIP_SUFFIX = ".gz";

    /** Above the largest file of the known data sets, the 153,700,000 bytes of CIFAR-100's train.bin. */
    private static final int MAXIMUM_BYTES = 160_000_000;

    private static final int GZIP_MAGIC = 0x8b1f;

    /** Reads a file and notes its checksum under its own name. */
    static SourceFile of(Path file, SortedMap<String, String> checksums) {
        try {
            if (Files.size(file) > MAXIMUM_BYTES) {
                throw tooLarge(file.toString(), MAXIMUM_BYTES);
            }
            return of(file.toString(), String.valueOf(file.getFileName()), Files.readAllBytes(file), checksums);
        } catch (IOException failure) {
            throw new InvalidDataException(file + ": cannot be read (" + failure + ")", failure);
        }
    }

    /** Reads a bundled file and notes its checksum under its own name. */
    static SourceFile ofResource(String directory, String file, SortedMap<String, String> checksums) {
        String resource = directory + "/" + file;
        try (InputStream in = SourceFile.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException("the bundled file " + resource + " is missing from the jar");
            }
            return of(resource, file, in.readAllBytes(), checksums);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** The checksum is of the content: however a file is compressed, the data are the same. */
    private static SourceFile of(String name, String file, byte[] bytes, SortedMap<String, String> checksums) {
        SourceFile source = decompressed(name, bytes, MAXIMUM_BYTES);
        String key = file.endsWith(GZIP_SUFFIX) ? file.substring(0, file.length() - GZIP_SUFFIX.length()) : file;
        checksums.put(key, Checksum.SHA_256.of(source.content()));
        return source;
    }

    /**
     * Takes a file's bytes.
     *
     * @param maximumBytes that the content may have; a small compressed file can promise any amount
     */
    static SourceFile decompressed(String name, byte[] bytes, int maximumBytes) {
        if (bytes.length < 2 || ((bytes[0] & 0xff) | (bytes[1] & 0xff) << 8) != GZIP_MAGIC) {
            return new SourceFile(name, bytes);
        }
        try (InputStream in = new GZIPInputStream(new ByteArrayInputStream(bytes), 1 << 16)) {
            byte[] content = in.readNBytes(maximumBytes);
            if (in.read() >= 0) {
                throw tooLarge(name, maximumBytes);
            }
            return new SourceFile(name, content);
        } catch (EOFException end) {
            throw new InvalidDataException(
                    name + ": truncated: the compressed data end too early after " + bytes.length + " bytes", end);
        } catch (ZipException damaged) {
            throw new InvalidDataException(name + ": damaged gzip data (" + damaged.getMessage() + ")", damaged);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static InvalidDataException tooLarge(String name, int maximumBytes) {
        return new InvalidDataException(name + ": more than " + maximumBytes + " bytes, no file of a known data set");
    }
}
