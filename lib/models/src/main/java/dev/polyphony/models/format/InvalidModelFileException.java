package dev.polyphony.models.format;

import dev.polyphony.experiment.UserMistake;

/** A file is not what it should be: cut off, altered, of another network, or of another kind. */
public final class InvalidModelFileException extends RuntimeException implements UserMistake {

    /** Characters of each end of a long problem: a name that it quotes may be as long as the file. */
    private static final int SHOWN = 400;

    /** Names the file, then what is wrong with it; of what is too long to be read, both ends. */
    public InvalidModelFileException(String source, String problem) {
        super(source + ": " + shortened(problem));
    }

    private static String shortened(String problem) {
        int length = problem.length();
        return length <= 2 * SHOWN
                ? problem
                : problem.substring(0, SHOWN) + " ... " + problem.substring(length - SHOWN);
    }
}
