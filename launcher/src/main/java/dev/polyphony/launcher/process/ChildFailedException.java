package dev.polyphony.launcher.process;

import java.nio.file.Path;
import java.util.List;

/** A child died too often. */
public final class ChildFailedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    ChildFailedException(String child, int exit, int restarts, List<String> lastLines, Path log) {
        super(child + " ended with exit code " + exit + " and was restarted " + restarts + " times already; its log is "
                + log + " and ends:\n  " + String.join("\n  ", lastLines));
    }
}
