package dev.polyphony.launcher;

import dev.polyphony.launcher.place.FileClaim;
import java.util.Optional;

/** One launcher at a time has a work directory to itself. The operating system frees it when its holder dies. */
public final class WorkLock implements AutoCloseable {

    private final FileClaim claim;

    private WorkLock(FileClaim claim) {
        this.claim = claim;
    }

    /**
     * Locks a work directory for this process.
     *
     * @throws LauncherMistake if another process holds it
     */
    public static WorkLock take(WorkDirectory work) {
        return tryTake(work)
                .orElseThrow(() -> new LauncherMistake("another run (process "
                        + FileClaim.holder(work.lock()) + ") is using the work directory " + work.root()
                        + ": wait for it, or give this one its own with --work DIR"));
    }

    /** Locks a work directory for this process; empty if another process holds it. */
    public static Optional<WorkLock> tryTake(WorkDirectory work) {
        work.create();
        return FileClaim.tryTake(work.lock()).map(WorkLock::new);
    }

    @Override
    public void close() {
        claim.close();
    }
}
