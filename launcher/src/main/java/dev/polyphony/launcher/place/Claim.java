package dev.polyphony.launcher.place;

import dev.polyphony.launcher.LauncherMistake;
import dev.polyphony.launcher.WorkDirectory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** Something in a work directory that only one launcher at a time may work on, while several share the broker. */
public enum Claim {
    /** A student's training. */
    RUN("run", "is in progress already"),
    /** The recording of a stream. */
    STREAM("stream", "is being recorded"),
    /** The training of an ensemble's members. */
    ENSEMBLE("ensemble", "is being trained");

    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final String kind;
    private final String busy;

    Claim(String kind, String busy) {
        this.kind = kind;
        this.busy = busy;
    }

    /**
     * Takes it for this process.
     *
     * @throws LauncherMistake if another process works on it
     */
    public FileClaim take(WorkDirectory work, String id) {
        return tryTake(work, id)
                .orElseThrow(() -> new LauncherMistake(kind + " " + id + " " + busy + " by process "
                        + FileClaim.holder(file(work, id)) + ": wait for it"));
    }

    /** Takes it for this process; empty if another process works on it, and not just looks whether anyone does. */
    public Optional<FileClaim> tryTake(WorkDirectory work, String id) {
        return FileClaim.tryTake(file(work, id), PATIENCE);
    }

    /** Whether nobody works on it now. */
    public boolean isFree(WorkDirectory work, String id) {
        Optional<FileClaim> claim = FileClaim.tryTake(file(work, id));
        claim.ifPresent(FileClaim::close);
        return claim.isPresent();
    }

    private Path file(WorkDirectory work, String id) {
        return work.claim(kind, id);
    }
}
