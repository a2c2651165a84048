package dev.polyphony.datasets;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.compressors.gzip.GzipCompressorInputStream;
import org.jspecify.annotations.Nullable;

/** Unpacks one directory of a tar archive, compressed with gzip or not. */
final class TarArchive {

    /** The first byte of what gzip writes, and the second. */
    private static final int GZIP_MAGIC = 0x1f8b;

    private static final int MAXIMUM_ENTRIES = 1_000;

    /** Bytes that a name and other attributes of one file may take. */
    private static final int DESCRIPTION_BYTES = 1 << 16;

    private TarArchive() {}

    /**
     * Unpacks an archive that holds one directory; the directory appears whole or not at all.
     *
     * @param archive the .tar or .tar.gz file
     * @param directory of this name in the archive, unpacked to this path
     * @param maximumBytes that its files may have
     * @throws InvalidDataException if the archive is damaged, or an entry would lie outside the directory
     */
    static void unpack(Path archive, Path directory, long maximumBytes) {
        try {
            NewDirectory.create(directory, parent -> unpackAll(archive, parent, maximumBytes));
        } catch (IOException failure) {
            throw new InvalidDataException(
                    archive + ": cannot be unpacked to " + directory + " (" + failure + ")", failure);
        }
    }

    private static void unpackAll(Path archive, Path target, long maximumBytes) throws IOException {
        long total = 0;
        int entries = 0;
        try (InputStream in = new BufferedInputStream(Files.newInputStream(archive));
                MeteredInputStream metered = new MeteredInputStream(decompressed(in));
                TarArchiveInputStream tar = new TarArchiveInputStream(metered)) {
            for (TarArchiveEntry entry = next(tar, metered); entry != null; entry = next(tar, metered)) {
                Path path = inside(archive, target, entry);
                total += entry.getSize();
                entries++;
                if (total > maximumBytes || entries > MAXIMUM_ENTRIES) {
                    throw new InvalidDataException(archive + ": unpacks to more than " + maximumBytes + " bytes or "
                            + MAXIMUM_ENTRIES + " files; no archive of a known data set does");
                }
                if (entry.isDirectory()) {
                    Files.createDirectories(path);
                } else {
                    Files.createDirectories(path.getParent());
                    metered.allow(entry.getSize() + DESCRIPTION_BYTES);
                    try (OutputStream out = Files.newOutputStream(path, StandardOpenOption.CREATE_NEW)) {
                        tar.transferTo(out);
                    }
                }
            }
        }
    }

    private static InputStream decompressed(InputStream in) throws IOException {
        in.mark(2);
        boolean gzip = (in.read() << 8 | in.read()) == GZIP_MAGIC;
        in.reset();
        return gzip ? new GzipCompressorInputStream(in) : in;
    }

    private static @Nullable TarArchiveEntry next(TarArchiveInputStream tar, MeteredInputStream metered)
            throws IOException {
        metered.allow(DESCRIPTION_BYTES);
        return tar.getNextEntry();
    }

    private static Path inside(Path archive, Path target, TarArchiveEntry entry) {
        Path path = target.resolve(entry.getName()).normalize();
        boolean plain = entry.isDirectory() || plainFile(entry);
        if (!plain || !path.startsWith(target) || path.equals(target)) {
            throw new InvalidDataException(archive + ": the entry '" + entry.getName()
                    + "' is not a file or directory inside the archive's own directory; nothing is unpacked");
        }
        return path;
    }

    /** No link, no device, and no file with holes, whose few bytes stand for any number. */
    static boolean plainFile(TarArchiveEntry entry) {
        boolean link = entry.isLink() || entry.isSymbolicLink();
        boolean device = entry.isFIFO() || entry.isCharacterDevice() || entry.isBlockDevice();
        return entry.isFile() && !link && !device && !entry.isSparse();
    }
}
