package dev.polyphony.chaos.faults;

import java.util.function.BooleanSupplier;

/**
 * A fault that has happened.
 *
 * @param atNanos when, by {@link System#nanoTime}
 * @param proof by what it showed
 * @param recovered whether the stream has got over it
 * @param afterwards what must hold at the end of the run, while the brokers still answer; throws if it does not
 */
public record Injured(long atNanos, String proof, BooleanSupplier recovered, Runnable afterwards) {

    /** A fault that leaves nothing behind. */
    Injured(long atNanos, String proof, BooleanSupplier recovered) {
        this(atNanos, proof, recovered, () -> {});
    }
}
