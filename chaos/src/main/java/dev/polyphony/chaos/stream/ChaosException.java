package dev.polyphony.chaos.stream;

import org.jspecify.annotations.Nullable;

/** A fault could not be made, or the stream did not stand it. */
public final class ChaosException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public ChaosException(String message) {
        super(message);
    }

    public ChaosException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
