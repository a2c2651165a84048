package dev.polyphony.scoring.shift;

import dev.polyphony.scoring.Scores;

/**
 * Scores on one corrupted version of the test data.
 *
 * @param corruption its name, such as fog; not blank
 * @param severity 1 for the weakest, at least 1
 * @param scores fractions and nats, as in {@link Scores}
 */
public record CorruptionScores(String corruption, int severity, Scores scores) {

    public CorruptionScores {
        if (corruption.isBlank() || severity < 1) {
            throw new IllegalArgumentException(
                    "A corruption needs a name and a severity of at least 1: '" + corruption + "', " + severity);
        }
    }
}
