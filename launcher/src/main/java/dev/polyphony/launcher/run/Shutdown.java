package dev.polyphony.launcher.run;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;

/**
 * What must be closed at the end, however it comes: last opened, first closed. Ctrl-C closes it from another thread
 * while the run is still waiting for its children.
 */
final class Shutdown implements AutoCloseable {

    private final Deque<AutoCloseable> open = new ArrayDeque<>();
    private boolean closed;

    /**
     * Adds what is to be closed.
     *
     * @throws CancellationException if everything has been closed already; then this is closed too
     */
    synchronized <T extends AutoCloseable> T add(T resource) {
        if (closed) {
            close(resource);
            throw new CancellationException("stopped");
        }
        open.push(resource);
        return resource;
    }

    /** Closes all of it when the process is told to end before {@link #close}, after saying so. */
    void onSignal(Runnable say) {
        Runtime.getRuntime()
                .addShutdownHook(new Thread(
                        () -> {
                            if (begin()) {
                                say.run();
                            }
                            close();
                        },
                        "shutdown"));
    }

    private synchronized boolean begin() {
        boolean first = !closed;
        closed = true;
        return first;
    }

    @Override
    public void close() {
        begin();
        synchronized (open) {
            for (AutoCloseable next = poll(); next != null; next = poll()) {
                close(next);
            }
        }
    }

    private synchronized @Nullable AutoCloseable poll() {
        return open.poll();
    }

    private static void close(AutoCloseable resource) {
        try {
            resource.close();
        } catch (Exception e) {
            System.err.println("polyphony: " + e.getMessage());
        }
    }
}
