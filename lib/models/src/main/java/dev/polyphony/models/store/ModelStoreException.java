package dev.polyphony.models.store;

import dev.polyphony.experiment.UserMistake;

/** A file is not in the store, or is not the one that was announced. */
public final class ModelStoreException extends RuntimeException implements UserMistake {

    /** Says which file, where, and what is wrong. */
    public ModelStoreException(String message) {
        super(message);
    }
}
