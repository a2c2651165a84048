package dev.polyphony.chaos.faults;

import java.util.function.BooleanSupplier;

/**
 * A fault that has happened.
 *
 * @param atNanos when, by {@link System#nanoTime}
 * @param proof by what it showed
 * @param recovered whether the stream has got over it
 */
public record Injured(long atNanos, String proof, BooleanSupplier recovered) {}
