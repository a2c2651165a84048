package dev.polyphony.models.format;

import dev.polyphony.experiment.UserMistake;

/** A file is not what it should be: cut off, altered, of another network, or of another kind. */
public final class InvalidModelFileException extends RuntimeException implements UserMistake {

    /** Names the file, then what is wrong with it. */
    public InvalidModelFileException(String source, String problem) {
        super(source + ": " + problem);
    }
}
