package dev.polyphony.launcher.place;

import dev.polyphony.launcher.LauncherMistake;
import dev.polyphony.launcher.WorkDirectory;
import dev.polyphony.launcher.WorkLock;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Where a run stands in its work directory. The first one has the directory to itself, starts the broker, and stops it
 * when nobody else needs it. Those that come while it works are attached: they use its broker, and keep what they write
 * apart by their run's identity.
 */
public final class WorkPlace implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final long PAUSE_MILLIS = 200;

    private final WorkDirectory work;
    private final Runnable release;
    private final @Nullable Owner owner;
    private @Nullable FileClaim closed;
    private volatile boolean released;

    private WorkPlace(WorkDirectory work, Runnable release, @Nullable Owner owner) {
        this.work = work;
        this.release = release;
        this.owner = owner;
    }

    /**
     * Takes a place: the first one, or one beside the run that has the broker.
     *
     * @param say told what is waited for
     * @throws LauncherMistake if the work directory is used by something that cannot be attached to
     */
    public static WorkPlace take(WorkDirectory work, Consumer<String> say) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        boolean said = false;
        while (true) {
            Optional<WorkPlace> place = tryFirst(work).or(() -> tryAttach(work));
            if (place.isPresent()) {
                return place.get();
            }
            Optional<Owner> ending = Owner.find(work);
            if (ending.isEmpty() || System.nanoTime() > deadline) {
                throw new LauncherMistake("another command (process " + FileClaim.holder(work.lock())
                        + ") is using the work directory " + work.root()
                        + ", and has no broker that this run could be attached to: wait for it, or give this one its own"
                        + " directory with --work DIR");
            }
            if (!said) {
                say.accept("waiting for the run of process " + ending.get().pid() + " to end");
                said = true;
            }
            pause();
        }
    }

    private static Optional<WorkPlace> tryFirst(WorkDirectory work) {
        return WorkLock.tryTake(work).map(lock -> {
            // Whoever left it was killed.
            Owner.forget(work);
            return new WorkPlace(work, lock::close, null);
        });
    }

    private static Optional<WorkPlace> tryAttach(WorkDirectory work) {
        Optional<FileClaim> share = FileClaim.tryShare(work.attached());
        if (share.isEmpty()) {
            return Optional.empty();
        }
        // Only now: from here on the owner waits for this process.
        Optional<Owner> owner = Owner.find(work);
        if (owner.isEmpty()) {
            share.get().close();
        }
        return owner.map(found -> new WorkPlace(work, share.get()::close, found));
    }

    /** Whether another launcher has the broker. */
    public boolean isAttached() {
        return owner != null;
    }

    /** Where the broker of the launcher that this one is attached to is; null if there is none. */
    public @Nullable String bootstrapServers() {
        return owner == null ? null : owner.bootstrapServers();
    }

    /** Where this launcher lists its children. */
    public Path pids(String runId) {
        return isAttached() ? work.pids(runId) : work.pids();
    }

    /** What distinguishes the names of a run's processes from those of other launchers; empty for the first one. */
    public String suffix(String runId) {
        return isAttached() ? "-" + runId : "";
    }

    /** Lets others attach from now on, if this is the first one. */
    public void open(String bootstrapServers) {
        if (!isAttached()) {
            Owner.announce(work, bootstrapServers);
        }
    }

    /** Completes, with a failure, when the launcher that this one is attached to has ended; never for the first one. */
    public CompletableFuture<?> end() {
        if (owner == null) {
            return new CompletableFuture<>();
        }
        long pid = owner.pid();
        return ProcessHandle.of(pid)
                .map(ProcessHandle::onExit)
                .orElseGet(() -> CompletableFuture.completedFuture(null))
                .thenRun(() -> {
                    throw new OwnerGoneException(pid);
                });
    }

    /**
     * Waits until nobody is attached any more, and lets nobody attach after that.
     *
     * @param say told that this waits
     * @param pointless whether those who are attached have lost what they wait for
     * @throws CancellationException if this place was given up meanwhile
     */
    public void awaitOthers(Consumer<String> say, BooleanSupplier pointless) {
        if (isAttached()) {
            return;
        }
        boolean said = false;
        while (!pointless.getAsBoolean() && !tryClose()) {
            if (!said) {
                say.accept("other runs are attached to this one's broker: waiting for them; Ctrl-C stops it and them");
                said = true;
            }
            pause();
        }
    }

    private synchronized boolean tryClose() {
        if (released) {
            throw new CancellationException("stopped");
        }
        if (closed == null) {
            closed = FileClaim.tryTake(work.attached()).orElse(null);
        }
        return closed != null;
    }

    private static void pause() {
        try {
            Thread.sleep(PAUSE_MILLIS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new CancellationException("interrupted");
        }
    }

    @Override
    public synchronized void close() {
        released = true;
        if (!isAttached()) {
            Owner.forget(work);
        }
        release.run();
        if (closed != null) {
            closed.close();
        }
    }
}
