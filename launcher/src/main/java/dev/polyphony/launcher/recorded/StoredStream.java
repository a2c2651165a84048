package dev.polyphony.launcher.recorded;

import dev.polyphony.launcher.FileTree;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

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
        for (Path partition : new FileTree(records).children()) {
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
        return new FileTree(partition)
                .children().stream()
                        .filter(file -> file.toString().endsWith(".log"))
                        .mapToLong(file -> file.toFile().length())
                        .sum();
    }
}
