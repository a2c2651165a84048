package dev.polyphony.launcher.process;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;

/** Several children that work together: all end well, or none goes on. */
public final class Supervisor implements AutoCloseable {

    private final Duration patience;
    private final List<Child> children = new ArrayList<>();
    private final List<CompletableFuture<?>> needed = new ArrayList<>();
    private boolean closed;

    /** @param patience how long children may take to end when they are told to, before they are killed */
    public Supervisor(Duration patience) {
        this.patience = patience;
    }

    /** Adds a child that is running; stops it if the others have been stopped. */
    public synchronized void add(Child child) {
        children.add(child);
        if (closed) {
            child.stop();
        }
    }

    /** The children cannot go on if this fails; otherwise it is not waited for. */
    public synchronized void need(CompletableFuture<?> other) {
        needed.add(other);
    }

    /**
     * Waits until all children have ended well.
     *
     * @throws java.util.concurrent.CancellationException if they were stopped before
     * @throws ChildRefusedException as soon as one ends for a user's mistake
     * @throws ChildFailedException as soon as one has died too often
     */
    public void await() {
        CompletableFuture<Void> all = new CompletableFuture<>();
        CompletableFuture<?>[] ends = running().stream().map(Child::end).toArray(CompletableFuture<?>[]::new);
        for (CompletableFuture<?> end : watched(ends)) {
            var unused = end.whenComplete((nothing, failure) -> {
                if (failure != null) {
                    all.completeExceptionally(failure);
                }
            });
        }
        var unused = CompletableFuture.allOf(ends).thenRun(() -> all.complete(null));
        try {
            all.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            throw new IllegalStateException("a child could not be watched", e.getCause());
        }
    }

    private synchronized List<CompletableFuture<?>> watched(CompletableFuture<?>[] ends) {
        List<CompletableFuture<?>> watched = new ArrayList<>(needed);
        watched.addAll(List.of(ends));
        return watched;
    }

    private synchronized List<Child> markClosed() {
        closed = true;
        return List.copyOf(children);
    }

    private synchronized List<Child> running() {
        return List.copyOf(children);
    }

    /** Tells all children to end, waits, and kills those that do not. */
    @Override
    public void close() {
        List<Child> running = markClosed();
        running.forEach(Child::stop);
        long deadline = System.nanoTime() + patience.toNanos();
        for (Child child : running) {
            child.awaitStop(Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
        }
    }
}
