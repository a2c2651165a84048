package dev.polyphony.launcher.recorded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A stream as it lies in a local broker's directory, known without asking the broker.
 *
 * @param streamId its identity
 * @param bytes what its minibatches and logits take on disk
 */
public record StoredStream(String streamId, long bytes) {

    private static final Pattern PARTITION =
            Pattern.compile("polyphony\\.([A-Za-z0-9_-]+)\\.(?:minibatches|logits)-\\d+");

    /**
     * The streams in a directory, by identity.
     *
     * @param records where the broker keeps its partitions; need not exist
     */
    public static List<StoredStream> in(Path records) {
        TreeMap<String, Long> bytes = new TreeMap<>();
        for (Path partition : children(records)) {
            Matcher match = PARTITION.matcher(partition.getFileName().toString());
            if (match.matches()) {
                bytes.merge(match.group(1), segments(partition), Long::sum);
            }
        }
        return bytes.entrySet().stream()
                .map(entry -> new StoredStream(entry.getKey(), entry.getValue()))
                .toList();
    }

    /** Indexes are left out: they are files of a fixed size with holes. */
    private static long segments(Path partition) {
        return children(partition).stream()
                .filter(file -> file.toString().endsWith(".log"))
                .mapToLong(file -> file.toFile().length())
                .sum();
    }

    private static List<Path> children(Path directory) {
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(directory)) {
            return files.toList();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot list " + directory, e);
        }
    }
}
