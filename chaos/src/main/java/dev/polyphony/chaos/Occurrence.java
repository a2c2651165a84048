package dev.polyphony.chaos;

/**
 * A fault of a run, after it.
 *
 * @param fault its name
 * @param atSeconds when, from the first
 * @param recoverySeconds until the injured stage had committed a step again
 * @param fromStep the first step that was not whole when it happened
 * @param toStep the first that was not whole when it was over
 * @param proof by what it showed that it happened
 */
public record Occurrence(
        String fault, double atSeconds, double recoverySeconds, long fromStep, long toStep, String proof) {}
