package dev.polyphony.launcher.process;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Puts children in sessions of their own, where the system has {@code setsid}: Ctrl-C on the terminal then reaches the
 * launcher alone, which stops them in order. Elsewhere they hear it themselves, which is harmless but less orderly.
 */
final class SessionLeader {

    private static final List<String> PREFIX = find();

    private SessionLeader() {}

    /** What stands before the command line; the program replaces it in the same process. */
    static List<String> prefix() {
        return PREFIX;
    }

    private static List<String> find() {
        String path = System.getenv().getOrDefault("PATH", "");
        for (String directory : path.split(Pattern.quote(File.pathSeparator), -1)) {
            Path program = Path.of(directory, "setsid");
            if (!directory.isEmpty() && Files.isExecutable(program)) {
                return List.of(program.toString());
            }
        }
        return List.of();
    }
}
