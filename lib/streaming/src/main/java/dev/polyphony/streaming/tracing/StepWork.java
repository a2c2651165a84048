package dev.polyphony.streaming.tracing;

import java.util.Locale;
import java.util.Optional;

/** What is done with a step, in the order it travels: one span each. */
public enum StepWork {
    PERTURB,
    TEACH,
    LEARN;

    /** The span's name. */
    String spanName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** What was done with the step before, by another service: the span's parent. */
    Optional<StepWork> before() {
        return switch (this) {
            case PERTURB -> Optional.empty();
            case TEACH -> Optional.of(PERTURB);
            case LEARN -> Optional.of(TEACH);
        };
    }
}
