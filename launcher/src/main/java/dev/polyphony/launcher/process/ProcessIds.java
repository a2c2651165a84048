package dev.polyphony.launcher.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** The file that tells which child is which process, kept current. */
public final class ProcessIds {

    private static final JsonMapper JSON = new JsonMapper();

    private final Path file;
    private final SortedMap<String, Long> ids = new TreeMap<>();

    /** Begins with no children. */
    public ProcessIds(Path file) {
        this.file = file;
        write();
    }

    /** What the file says; empty if there is none. */
    public static Map<String, Long> read(Path file) {
        try {
            return Files.exists(file)
                    ? JSON.readValue(Files.readString(file), new TypeReference<TreeMap<String, Long>>() {})
                    : Map.of();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file, e);
        }
    }

    /** A child has started. */
    public synchronized void put(String child, long pid) {
        ids.put(child, pid);
        write();
    }

    /** A child has ended. */
    public synchronized void remove(String child) {
        ids.remove(child);
        write();
    }

    private void write() {
        Path next = file.resolveSibling(file.getFileName() + ".new");
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            Files.writeString(next, JSON.writeValueAsString(ids) + "\n");
            Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + file, e);
        }
    }
}
