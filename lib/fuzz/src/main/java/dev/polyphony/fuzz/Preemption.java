package dev.polyphony.fuzz;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Calls what may never return. One thread serves all calls; JUnit's assertion starts one for each, ten times as slow. */
final class Preemption {

    private static Preemption current = new Preemption();

    private final Thread thread;
    private final ExecutorService executor;

    private Preemption() {
        Thread[] started = new Thread[1];
        executor = Executors.newSingleThreadExecutor(task -> {
            started[0] = new Thread(task, "fuzz");
            started[0].setDaemon(true);
            return started[0];
        });
        executor.execute(() -> {});
        thread = started[0];
    }

    /** What the call returns; fails with what it throws, or with where it is when its time is over. */
    static synchronized <T> T call(Duration longest, Callable<T> callable) {
        Future<T> result = current.executor.submit(callable);
        try {
            return result.get(longest.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException endless) {
            AssertionError error = new AssertionError("still reading after " + longest.toMillis() + " ms", endless);
            error.setStackTrace(current.thread.getStackTrace());
            current.executor.shutdownNow();
            current = new Preemption();
            throw error;
        } catch (ExecutionException failed) {
            throw new AssertionError(String.valueOf(failed.getCause()), failed.getCause());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", interrupted);
        }
    }
}
