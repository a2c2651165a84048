package dev.polyphony.datasets.npy;

import dev.polyphony.experiment.UserMistake;

/** A file is not an array file this package reads. The message says which file, what is wrong and what would be right. */
public final class InvalidNpyException extends RuntimeException implements UserMistake {

    private static final long serialVersionUID = 1L;

    InvalidNpyException(String where, String problem) {
        super(where + ": " + problem);
    }

    InvalidNpyException(String where, String problem, Throwable cause) {
        super(where + ": " + problem, cause);
    }
}
