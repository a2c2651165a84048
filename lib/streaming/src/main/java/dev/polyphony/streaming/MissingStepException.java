package dev.polyphony.streaming;

import dev.polyphony.experiment.UserMistake;

/** A step is missing for good: going on without it would change the student. */
public final class MissingStepException extends RuntimeException implements UserMistake {
    private static final long serialVersionUID = 1L;

    private MissingStepException(String message) {
        super(message);
    }

    /** A step of a topic that can no longer come by itself. */
    public static MissingStepException of(String topic, long step) {
        return new MissingStepException("step " + step + " of " + topic + " is missing and does not come: a record was"
                + " lost, or could not be read and lies among the dead letters. 'polyphony dlt list' shows the reasons;"
                + " when the cause is mended, 'polyphony dlt republish' fills the hole and the same command goes on.");
    }
}
