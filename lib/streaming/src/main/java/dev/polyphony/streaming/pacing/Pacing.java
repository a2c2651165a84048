package dev.polyphony.streaming.pacing;

import dev.polyphony.streaming.access.Refusal;
import dev.polyphony.streaming.pipeline.StepGate;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps a recording a bounded number of steps ahead of the slowest active student. Looks four times a second, in a
 * thread of its own; when it cannot look, the last answer stands.
 */
public final class Pacing implements StepGate, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Pacing.class);
    private static final long PERIOD_MILLIS = 250;

    private final Supplier<StudentProgress> students;
    private final long lead;
    private final ScheduledExecutorService thread;
    private volatile long base;
    private volatile long next;
    private volatile @Nullable RuntimeException refused;

    /**
     * Begins to look.
     *
     * @param students reads the progress; called by one thread
     * @param lead steps that may be recorded beyond the slowest student's next step, at least 1
     */
    public Pacing(Supplier<StudentProgress> students, long lead) {
        if (lead < 1) {
            throw new IllegalArgumentException("the lead must be at least one step, not " + lead);
        }
        this.students = students;
        this.lead = lead;
        this.thread = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread pacing = new Thread(task, "pacing");
            pacing.setDaemon(true);
            return pacing;
        });
        var unused = thread.scheduleWithFixedDelay(this::look, 0, PERIOD_MILLIS, TimeUnit.MILLISECONDS);
    }

    private void look() {
        try {
            base = students.get().base();
        } catch (RuntimeException failure) {
            if (Refusal.is(failure)) {
                refused = failure;
            }
            LOG.warn("students' progress not read, next try follows: {}", String.valueOf(failure));
        }
    }

    /** @throws RuntimeException if the broker refuses to tell, which no patience mends */
    @Override
    public boolean mayProcess(long step) {
        RuntimeException refusal = refused;
        if (refusal != null) {
            throw refusal;
        }
        boolean may = step < base + lead;
        if (may) {
            next = step + 1;
        }
        return may;
    }

    /** How many steps the recording is ahead of the slowest student, as last heard; negative once it was further. */
    public long lead() {
        return next - base;
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
