package dev.polyphony.models.engine;

import ai.djl.Device;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Two computations that do not need each other's results. On a processor each has half of the engine's threads: they
 * never wait for each other, whereas an operation that is split over all threads ends when the slowest has, hundreds of
 * times a step, and waits for long where other programs share the cores. On other devices, or with a single thread,
 * they run one after the other.
 */
public final class SideBySide implements AutoCloseable {

    private final int available = Parallelism.threads();
    private final @Nullable ExecutorService threads;

    /** What {@link #run} gives: both results. */
    public record Both<A, B>(A first, B second) {}

    /**
     * For computations on this device. Until closed, operations of the calling thread use half of the threads too: the
     * others would keep a core busy for a while after each, waiting for the next.
     */
    public SideBySide(Device device) {
        if (device.isGpu() || available < 2) {
            threads = null;
            return;
        }
        threads = Executors.newFixedThreadPool(2, task -> {
            Thread thread = new Thread(task, "pass");
            thread.setDaemon(true);
            return thread;
        });
        Runnable halve = () -> Parallelism.setThreads(available / 2);
        CompletableFuture.allOf(CompletableFuture.runAsync(halve, threads), CompletableFuture.runAsync(halve, threads))
                .join();
        halve.run();
    }

    /**
     * Runs both and waits for both, also where one fails or this thread is interrupted: memory they use is safe to
     * free afterwards. What they return must not belong to a scope of theirs.
     */
    public <A, B> Both<A, B> run(Supplier<A> first, Supplier<B> second) {
        if (threads == null) {
            return new Both<>(first.get(), second.get());
        }
        CompletableFuture<A> one = CompletableFuture.supplyAsync(first, threads);
        CompletableFuture<B> other = CompletableFuture.supplyAsync(second, threads);
        try {
            CompletableFuture.allOf(one, other).join();
            return new Both<>(one.join(), other.join());
        } catch (CompletionException failed) {
            if (failed.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw failed;
        }
    }

    /** Call from the thread that made this. */
    @Override
    public void close() {
        if (threads != null) {
            threads.shutdown();
            Parallelism.setThreads(available);
        }
    }
}
