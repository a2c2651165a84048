package dev.polyphony.datasets;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.compressors.gzip.GzipCompressorInputStream;

/** Unpacks one directory of a tar archive compressed with gzip. */
final class TarArchive {

    private static final long MAXIMUM_BYTES = 400_000_000;

    private TarArchive() {}

    /**
     * Unpacks an archive that holds one directory; the directory appears whole or not at all.
     *
     * @param archive the .tar.gz file
     * @param directory of this name in the archive, unpacked to this path
     * @throws InvalidDataException if the archive is damaged, or an entry would lie outside the directory
     */
    static void unpack(Path archive, Path directory) {
        Path parent = directory.toAbsolutePath().getParent();
        if (parent == null) {
            throw new IllegalArgumentException(directory + " has no parent");
        }
        try {
            Path unpacked = Files.createTempDirectory(parent, "." + directory.getFileName());
            try {
                unpackAll(archive, unpacked);
                publish(unpacked.resolve(directory.getFileName()), directory);
            } finally {
                delete(unpacked);
            }
        } catch (IOException failure) {
            throw new InvalidDataException(
                    archive + ": cannot be unpacked to " + directory + " (" + failure + ")", failure);
        }
    }

    private static void unpackAll(Path archive, Path target) throws IOException {
        long total = 0;
        try (InputStream in = new BufferedInputStream(Files.newInputStream(archive));
                TarArchiveInputStream tar = new TarArchiveInputStream(new GzipCompressorInputStream(in))) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                Path path = inside(archive, target, entry);
                total += entry.getSize();
                if (total > MAXIMUM_BYTES) {
                    throw new InvalidDataException(archive + ": unpacks to more than " + MAXIMUM_BYTES + " bytes");
                }
                if (entry.isDirectory()) {
                    Files.createDirectories(path);
                } else {
                    Files.createDirectories(path.getParent());
                    try (OutputStream out = Files.newOutputStream(path)) {
                        tar.transferTo(out);
                    }
                }
            }
        }
    }

    private static void publish(Path unpacked, Path directory) throws IOException {
        try {
            Files.move(unpacked, directory, StandardCopyOption.ATOMIC_MOVE);
        } catch (FileSystemException failure) {
            // Another process may have unpacked the same archive in the meantime.
            if (!Files.isDirectory(directory)) {
                throw failure;
            }
        }
    }

    private static Path inside(Path archive, Path target, TarArchiveEntry entry) {
        Path path = target.resolve(entry.getName()).normalize();
        boolean plain = entry.isDirectory() || (entry.isFile() && !entry.isLink() && !entry.isSymbolicLink());
        if (!plain || !path.startsWith(target) || path.equals(target)) {
            throw new InvalidDataException(archive + ": the entry '" + entry.getName()
                    + "' is not a file or directory inside the archive's own directory; nothing is unpacked");
        }
        return path;
    }

    private static void delete(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
