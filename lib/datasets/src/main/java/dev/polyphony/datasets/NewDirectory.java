package dev.polyphony.datasets;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.stream.Stream;

/** Makes a directory that appears whole or not at all. */
final class NewDirectory {

    /** Fills a directory. */
    interface Contents {

        /**
         * Makes the directory in another one.
         *
         * @param parent where a directory of the final name is made; deleted afterwards with all else in it
         */
        void writeInto(Path parent) throws IOException;
    }

    private NewDirectory() {}

    /** Makes a directory; if another process makes the same one in the meantime, that one stays. */
    static void create(Path directory, Contents contents) throws IOException {
        Path parent = directory.toAbsolutePath().getParent();
        if (parent == null) {
            throw new IllegalArgumentException(directory + " has no parent");
        }
        Files.createDirectories(parent);
        Path unfinished = Files.createTempDirectory(parent, "." + directory.getFileName());
        try {
            contents.writeInto(unfinished);
            publish(unfinished.resolve(directory.getFileName()), directory);
        } finally {
            delete(unfinished);
        }
    }

    private static void publish(Path finished, Path directory) throws IOException {
        try {
            Files.move(finished, directory, StandardCopyOption.ATOMIC_MOVE);
        } catch (FileSystemException failure) {
            if (!Files.isDirectory(directory)) {
                throw failure;
            }
        }
    }

    private static void delete(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
