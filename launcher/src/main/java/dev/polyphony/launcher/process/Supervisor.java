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

    /** @param patience how long children may take to end when they are told to, before they are killed */
    public Supervisor(Duration patience) {
        this.patience = patience;
    }

    /** Adds a child that is running. */
    public synchronized void add(Child child) {
        children.add(child);
    }

    /**
     * Waits until all children have ended well.
     *
     * @throws ChildRefusedException as soon as one ends for a user's mistake
     * @throws ChildFailedException as soon as one has died too often
     */
    public void await() {
        CompletableFuture<Void> all = new CompletableFuture<>();
        CompletableFuture<?>[] ends = running().stream().map(Child::end).toArray(CompletableFuture<?>[]::new);
        for (CompletableFuture<?> end : ends) {
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

    private synchronized List<Child> running() {
        return List.copyOf(children);
    }

    /** Tells all children to end, waits, and kills those that do not. */
    @Override
    public void close() {
        List<Child> running = running();
        running.forEach(Child::stop);
        long deadline = System.nanoTime() + patience.toNanos();
        for (Child child : running) {
            child.awaitStop(Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
        }
    }
}
