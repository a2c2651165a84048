package dev.polyphony.models.engine;

import dev.polyphony.experiment.UserMistake;

/** The engine cannot run on this machine. */
public final class EngineMistakeException extends RuntimeException implements UserMistake {

    /** Says what is wrong with the machine or the build, and what would be right. */
    public EngineMistakeException(String message) {
        super(message);
    }
}
