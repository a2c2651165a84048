package dev.polyphony.streaming.service;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Work on something that others may still be making, such as the ensemble: waits for it, live but not ready, and begins
 * when it is there. Whoever runs out of patience begins anyway, and is told by the work itself what it lacks.
 */
public final class PatientWork implements Work {

    private static final Logger LOG = LoggerFactory.getLogger(PatientWork.class);
    private static final Duration LOOK_EVERY = Duration.ofSeconds(1);
    private static final Duration SAY_EVERY = Duration.ofSeconds(30);

    private final String role;
    private final Prerequisite prerequisite;
    private final Duration patience;
    private final Heartbeat heartbeat;
    private final Supplier<Work> beginning;
    private final CountDownLatch stopped = new CountDownLatch(1);
    private @Nullable Work begun;

    /**
     * What the work cannot begin without.
     *
     * @param name for the log, such as {@code ensemble 0a1b}
     * @param isThere asked about once a second
     */
    public record Prerequisite(String name, BooleanSupplier isThere) {}

    /**
     * @param patience how long to wait; zero begins at once
     * @param beginning makes the work; called once, by the working thread
     */
    public PatientWork(
            String role, Prerequisite prerequisite, Duration patience, Heartbeat heartbeat, Supplier<Work> beginning) {
        this.role = role;
        this.prerequisite = prerequisite;
        this.patience = patience;
        this.heartbeat = heartbeat;
        this.beginning = beginning;
    }

    @Override
    public String role() {
        return role;
    }

    @Override
    public void run() throws Exception {
        await();
        Work work = begin();
        if (work != null) {
            work.run();
        }
    }

    private void await() throws InterruptedException {
        long start = System.nanoTime();
        long said = start - SAY_EVERY.toNanos();
        while (System.nanoTime() - start < patience.toNanos()
                && !prerequisite.isThere().getAsBoolean()) {
            heartbeat.beat();
            if (System.nanoTime() - said >= SAY_EVERY.toNanos()) {
                said = System.nanoTime();
                LOG.info("{} waits for {}", role, prerequisite.name());
            }
            if (stopped.await(LOOK_EVERY.toMillis(), TimeUnit.MILLISECONDS)) {
                return;
            }
        }
    }

    private synchronized @Nullable Work begin() {
        if (stopped.getCount() > 0) {
            begun = beginning.get();
        }
        return begun;
    }

    @Override
    public void stop() {
        stopped.countDown();
        synchronized (this) {
            if (begun != null) {
                begun.stop();
            }
        }
    }
}
