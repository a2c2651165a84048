package dev.polyphony.streaming;

import dev.polyphony.experiment.UserMistake;

/** Records that are still needed are no longer in the topic. */
public final class LostRecordsException extends RuntimeException implements UserMistake {
    private static final long serialVersionUID = 1L;

    public LostRecordsException(String message) {
        super(message);
    }
}
