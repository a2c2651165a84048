package dev.polyphony.launcher.place;

/** The launcher that had the broker has ended, and this one cannot go on without it. */
public final class OwnerGoneException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    OwnerGoneException(long pid) {
        super("the run that this one was attached to (process " + pid
                + ") has ended before it, and its broker with it; the same command goes on where this stops");
    }
}
