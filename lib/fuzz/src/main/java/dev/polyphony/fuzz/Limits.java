package dev.polyphony.fuzz;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.time.Duration;

/**
 * What a reader may do with an input, whatever it is: return, or refuse it with one exception that says why; soon; and
 * without reserving more memory than the input's size justifies.
 *
 * @param refusal the reader's own exception
 * @param bytesPerByte that may be allocated on the heap for each byte of the input, {@link #BASE} aside
 * @param longest that reading may take
 */
public record Limits(Class<? extends Exception> refusal, int bytesPerByte, Duration longest) {

    /** Bytes for what does not depend on the input: buffers and exceptions. */
    public static final long BASE = 1 << 20;

    /** Characters; a reason is to be read by people. */
    private static final int LONGEST_REASON = 10_000;

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    /** With ten seconds: readers take microseconds, but machines are busy at times. */
    public Limits(Class<? extends Exception> refusal, int bytesPerByte) {
        this(refusal, bytesPerByte, Duration.ofSeconds(10));
    }

    /** Reads an input, each time from its begin. */
    public interface Reader {

        /** Reads all of it. */
        void read() throws Exception;
    }

    /**
     * Reads an input and fails unless the limits are kept.
     *
     * @param size of the input in bytes; for compressed ones, of all that it may unpack to
     * @return whether the input was accepted
     */
    public boolean areKept(long size, Reader reader) {
        long allowed = BASE + size * bytesPerByte;
        Reading reading = measured(reader);
        if (reading.allocated > allowed) {
            // The first time may have loaded classes.
            reading = measured(reader);
        }
        if (reading.allocated > allowed) {
            throw new AssertionError("%d bytes were allocated for an input of %d; at most %d are right"
                    .formatted(reading.allocated, size, allowed));
        }
        return reading.accepted;
    }

    private record Reading(boolean accepted, long allocated) {}

    private Reading measured(Reader reader) {
        return Preemption.call(longest, () -> {
            long before = THREADS.getCurrentThreadAllocatedBytes();
            boolean accepted = accepts(reader);
            return new Reading(accepted, THREADS.getCurrentThreadAllocatedBytes() - before);
        });
    }

    private boolean accepts(Reader reader) {
        try {
            reader.read();
            return true;
        } catch (Throwable thrown) {
            if (!refusal.isInstance(thrown)) {
                throw new AssertionError("not a " + refusal.getSimpleName() + ": " + thrown, thrown);
            }
            String reason = thrown.getMessage();
            if (reason == null || reason.isBlank() || reason.contains("(null)") || reason.length() > LONGEST_REASON) {
                throw new AssertionError("no reason that says what is wrong: " + reason, thrown);
            }
            return false;
        }
    }
}
