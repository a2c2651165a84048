package dev.polyphony.launcher;

import dev.polyphony.experiment.UserMistake;

/** A command cannot be carried out as typed. */
public final class LauncherMistake extends RuntimeException implements UserMistake {

    private static final long serialVersionUID = 1L;

    /** @param message what is wrong, where, and what would be right */
    public LauncherMistake(String message) {
        super(message);
    }
}
