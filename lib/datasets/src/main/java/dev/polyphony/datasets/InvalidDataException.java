package dev.polyphony.datasets;

import dev.polyphony.experiment.UserMistake;

/**
 * Data are missing or are not what they should be. The message says which file, what is wrong, where, and what would be
 * right.
 */
public final class InvalidDataException extends RuntimeException implements UserMistake {

    private static final long serialVersionUID = 1L;

    InvalidDataException(String message) {
        super(message);
    }

    InvalidDataException(String message, Throwable cause) {
        super(message, cause);
    }
}
