package dev.polyphony.chaos.stream;

import java.time.Duration;
import java.util.function.BooleanSupplier;

/** Waits for what must happen. */
public final class Waiting {

    private static final long PAUSE_MILLIS = 50;

    private Waiting() {}

    /**
     * Returns as soon as it is so.
     *
     * @throws ChaosException if it is not so within the time
     */
    public static void until(String what, Duration patience, BooleanSupplier condition) {
        long deadline = System.nanoTime() + patience.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                throw new ChaosException("waited " + patience.toSeconds() + " s in vain until " + what);
            }
            pause(PAUSE_MILLIS);
        }
    }

    /** Lets time pass. */
    public static void pause(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new ChaosException("interrupted");
        }
    }
}
