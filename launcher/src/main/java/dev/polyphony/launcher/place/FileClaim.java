package dev.polyphony.launcher.place;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A file held locked, alone or together with others. The operating system frees it when its holder dies. */
public final class FileClaim implements AutoCloseable {

    private static final long PAUSE_MILLIS = 100;

    private final FileChannel channel;

    private FileClaim(FileChannel channel) {
        this.channel = channel;
    }

    /** Holds a file alone, and writes this process's id into it; empty if another process holds it. */
    public static Optional<FileClaim> tryTake(Path file) {
        Optional<FileClaim> claim = tryLock(file, false);
        claim.ifPresent(taken -> taken.sign(file));
        return claim;
    }

    /** The same, tried again and again for so long. */
    static Optional<FileClaim> tryTake(Path file, Duration patience) {
        long deadline = System.nanoTime() + patience.toNanos();
        Optional<FileClaim> claim = tryTake(file);
        while (claim.isEmpty() && System.nanoTime() < deadline) {
            try {
                Thread.sleep(PAUSE_MILLIS);
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
                return Optional.empty();
            }
            claim = tryTake(file);
        }
        return claim;
    }

    /** Holds a file together with others that do so; empty if another process holds it alone. */
    static Optional<FileClaim> tryShare(Path file) {
        return tryLock(file, true);
    }

    /** The process that took a file last, as a text for people; do not ask while this process holds it. */
    public static String holder(Path file) {
        try {
            return Files.readString(file).strip();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file, e);
        }
    }

    private static Optional<FileClaim> tryLock(Path file, boolean shared) {
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            FileChannel channel = FileChannel.open(
                    file, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.READ);
            if (tryLock(channel, shared) == null) {
                channel.close();
                return Optional.empty();
            }
            return Optional.of(new FileClaim(channel));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot lock " + file, e);
        }
    }

    private static @Nullable FileLock tryLock(FileChannel channel, boolean shared) throws IOException {
        try {
            return channel.tryLock(0, Long.MAX_VALUE, shared);
        } catch (OverlappingFileLockException heldByThisProcess) {
            return null;
        }
    }

    private void sign(Path file) {
        try {
            channel.truncate(0);
            channel.write(
                    ByteBuffer.wrap(Long.toString(ProcessHandle.current().pid()).getBytes(StandardCharsets.US_ASCII)));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + file, e);
        }
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot release a lock", e);
        }
    }
}
