package dev.polyphony.launcher.broker;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** The broker of an earlier launcher, which may still be ending when the next one starts. */
final class Predecessor {

    private Predecessor() {}

    /** Remembers a broker's process. */
    static void record(Path file, long pid) {
        ProcessHandle.of(pid).flatMap(process -> process.info().startInstant()).ifPresent(start -> {
            try {
                Files.writeString(file, pid + " " + start.toEpochMilli() + "\n");
            } catch (IOException e) {
                throw new UncheckedIOException("cannot write " + file, e);
            }
        });
    }

    /** Waits until the remembered process has ended, and kills it if it takes longer than this. */
    static void await(Path file, Duration patience) {
        try {
            if (!Files.exists(file)) {
                return;
            }
            String[] words = Files.readString(file).strip().split(" ", -1);
            ProcessHandle process = ProcessHandle.of(Long.parseLong(words[0])).orElse(null);
            // Process ids are used again; with its time of birth one is unique.
            if (process == null
                    || !process.info()
                            .startInstant()
                            .equals(Optional.of(Instant.ofEpochMilli(Long.parseLong(words[1]))))) {
                return;
            }
            end(process, patience);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file, e);
        }
    }

    private static void end(ProcessHandle process, Duration patience) {
        process.destroy();
        try {
            process.onExit().get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException | ExecutionException late) {
            process.destroyForcibly();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
