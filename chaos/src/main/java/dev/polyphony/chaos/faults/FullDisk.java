package dev.polyphony.chaos.faults;

import dev.polyphony.chaos.stream.ChaosException;
import dev.polyphony.chaos.stream.CheckpointDisk;
import dev.polyphony.chaos.stream.Commands;
import dev.polyphony.chaos.stream.LiveStream;
import dev.polyphony.chaos.stream.Role;
import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;

/**
 * The disk is full when the trainer writes a checkpoint. Where no small file system may be mounted, a limit on the size
 * of the process's files takes its place.
 */
public record FullDisk() implements Fault {

    private static final Duration CHECKPOINT = Duration.ofMinutes(5);

    @Override
    public String name() {
        return "full disk during a checkpoint";
    }

    @Override
    public Injured inject(LiveStream live) {
        return live.disk().isPresent() ? fill(live, live.disk().get()) : limit(live);
    }

    private static Injured fill(LiveStream live, CheckpointDisk disk) {
        long began = System.nanoTime();
        long filled = disk.fill();
        try {
            awaitFailure(live, "No space left on device");
            CheckpointFile.requireWhole(live.checkpoints());
        } finally {
            disk.free();
        }
        BooleanSupplier recovered = live.recovery(Role.TRAINER);
        return new Injured(
                began, "after " + filled + " bytes more a checkpoint failed with: No space left on device", recovered);
    }

    private static Injured limit(LiveStream live) {
        ProcessHandle trainer = live.board().process(Role.TRAINER.child(0));
        long began = System.nanoTime();
        if (!Commands.succeed(List.of("prlimit", "--pid", Long.toString(trainer.pid()), "--fsize=1024"))) {
            throw new ChaosException("may neither mount a file system nor limit a process's files");
        }
        awaitFailure(live, "File too large");
        live.board().awaitSuccessor(Role.TRAINER.child(0), trainer.pid());
        CheckpointFile.requireWhole(live.checkpoints());
        BooleanSupplier recovered = live.recovery(Role.TRAINER);
        return new Injured(began, "a checkpoint failed with: File too large", recovered);
    }

    private static void awaitFailure(LiveStream live, String words) {
        int before = count(live, words);
        live.await("a checkpoint fails with: " + words, CHECKPOINT, () -> count(live, words) > before);
    }

    private static int count(LiveStream live, String words) {
        return live.log(Role.TRAINER.child(0)).split(java.util.regex.Pattern.quote(words), -1).length - 1;
    }
}
