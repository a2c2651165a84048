package dev.polyphony.streaming.order;

/** A partition does not hold the steps it should, in the order it should. */
public final class BrokenOrderException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    BrokenOrderException(String message) {
        super(message);
    }
}
