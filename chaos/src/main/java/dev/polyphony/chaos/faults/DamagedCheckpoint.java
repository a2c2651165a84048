package dev.polyphony.chaos.faults;

import dev.polyphony.chaos.stream.LiveStream;
import dev.polyphony.chaos.stream.Role;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.function.BooleanSupplier;

/**
 * The trainer dies, and when it comes back its newest checkpoint is damaged: it must notice, say so, and go back to the
 * one before.
 *
 * @param cut whether the file is cut to its half; otherwise one bit of a weight is flipped
 */
public record DamagedCheckpoint(boolean cut) implements Fault {

    private static final Duration WRITTEN = Duration.ofMinutes(5);
    private static final String WARNING = "going back to ";

    @Override
    public String name() {
        return "newest checkpoint " + (cut ? "cut" : "with a bit flipped");
    }

    @Override
    public Injured inject(LiveStream live) {
        String child = Role.TRAINER.child(0);
        live.await(
                "there are two checkpoints",
                WRITTEN,
                () -> CheckpointFile.all(live.checkpoints()).size() >= 2);
        int logged = live.log(child).length();
        long began = System.nanoTime();
        long killed = Kill.now(live, child);
        // The trainer is down: it is started after half a second, and its JVM takes longer than this.
        List<Path> checkpoints = CheckpointFile.all(live.checkpoints());
        Path newest = checkpoints.get(checkpoints.size() - 1);
        damage(newest);
        BooleanSupplier recovered = live.recovery(Role.TRAINER);
        live.board().awaitSuccessor(child, killed);
        String name = newest.getFileName().toString();
        live.await(
                "the trainer warns of " + name,
                WRITTEN,
                () -> warns(live.log(child).substring(logged), name));
        return new Injured(
                began, name + " was damaged; the log says that the trainer goes back to one before", recovered);
    }

    private static boolean warns(String log, String file) {
        return log.lines().anyMatch(line -> line.contains(file) && line.contains(WARNING));
    }

    private void damage(Path file) {
        try {
            byte[] bytes = Files.readAllBytes(file);
            if (cut) {
                Files.write(file, Arrays.copyOf(bytes, bytes.length / 2));
            } else {
                bytes[bytes.length - bytes.length / 4] ^= 1;
                Files.write(file, bytes);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot damage " + file, e);
        }
    }
}
