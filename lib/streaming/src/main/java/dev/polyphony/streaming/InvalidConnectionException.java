package dev.polyphony.streaming;

import dev.polyphony.experiment.UserMistake;

/** The properties that connect to a Kafka cluster cannot be used. */
public final class InvalidConnectionException extends RuntimeException implements UserMistake {
    private static final long serialVersionUID = 1L;

    InvalidConnectionException(String message) {
        super(message);
    }
}
