package dev.polyphony.chaos.stream;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** A small file system of its own, in memory, mounted where checkpoints are written: a disk that can be full. */
public final class CheckpointDisk implements AutoCloseable {

    private static final long BYTES = 64L << 20;
    private static final String FILLER = ".filler";

    private final Path directory;

    private CheckpointDisk(Path directory) {
        this.directory = directory;
    }

    /** Mounts it; empty where this process may not. */
    static Optional<CheckpointDisk> mount(Path directory) {
        try {
            Files.createDirectories(directory);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot make " + directory, e);
        }
        boolean mounted = Commands.succeed(
                List.of("mount", "-t", "tmpfs", "-o", "size=" + BYTES, "polyphony-chaos", directory + ""));
        if (!mounted) {
            return Optional.empty();
        }
        // However the suite ends, nothing stays mounted.
        Runtime.getRuntime().addShutdownHook(new Thread(() -> unmount(directory), "unmount"));
        return Optional.of(new CheckpointDisk(directory));
    }

    private static void unmount(Path directory) {
        var unused = Commands.succeed(List.of("umount", "-l", directory.toString()));
    }

    /** Leaves no byte free; returns how many it had to take. */
    public long fill() {
        long written = 0;
        try (OutputStream out = Files.newOutputStream(directory.resolve(FILLER))) {
            byte[] zeros = new byte[4096];
            while (true) {
                out.write(zeros);
                written += zeros.length;
            }
        } catch (IOException full) {
            return written;
        }
    }

    /** Makes room again. */
    public void free() {
        try {
            Files.deleteIfExists(directory.resolve(FILLER));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot make room in " + directory, e);
        }
    }

    /** Copies what is on it to the disk below, and unmounts it. */
    @Override
    public void close() {
        Path rescued = directory.resolveSibling("checkpoints-rescued");
        if (!Commands.succeed(List.of("cp", "-a", directory.toString(), rescued.toString()))
                || !Commands.succeed(List.of("umount", directory.toString()))
                || !Commands.succeed(List.of("cp", "-a", rescued + "/.", directory.toString()))) {
            unmount(directory);
        }
    }
}
