package dev.polyphony.launcher.process;

import dev.polyphony.experiment.UserMistake;
import java.util.List;

/** A child ended because of a user's mistake; starting it again would not help. Holds the child's own message. */
public final class ChildRefusedException extends RuntimeException implements UserMistake {

    private static final long serialVersionUID = 1L;

    ChildRefusedException(List<String> message) {
        super(String.join("\n", message));
    }
}
