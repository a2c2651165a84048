package dev.polyphony.launcher.process;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What stands before a child's command line: programs that set up their own process and are then replaced by the next
 * one in it. Left out where the system has no such program.
 */
final class CommandPrefix {

    /**
     * Children are in sessions of their own: Ctrl-C on the terminal then reaches the launcher alone, which stops them in
     * order. Without it they hear it themselves, which is harmless but less orderly.
     */
    private static final Optional<String> OWN_SESSION = program("setsid");

    /**
     * Politeness: towards processes of other sessions that of the whole session counts, where Linux groups them
     * ({@code autogroup}); elsewhere the process's own.
     */
    private static final Optional<String> SHELL = program("sh");

    private static final String POLITE = "{ echo 10 >/proc/self/autogroup; } 2>/dev/null; exec nice -n 10 \"$@\"";

    private CommandPrefix() {}

    static List<String> of(CoreUse cores) {
        List<String> prefix = new ArrayList<>();
        OWN_SESSION.ifPresent(prefix::add);
        if (cores == CoreUse.LEFT_OVER) {
            SHELL.ifPresent(shell -> prefix.addAll(List.of(shell, "-c", POLITE, shell)));
        }
        return List.copyOf(prefix);
    }

    private static Optional<String> program(String name) {
        String path = System.getenv().getOrDefault("PATH", "");
        for (String directory : path.split(Pattern.quote(File.pathSeparator), -1)) {
            Path program = Path.of(directory, name);
            if (!directory.isEmpty() && Files.isExecutable(program)) {
                return Optional.of(program.toString());
            }
        }
        return Optional.empty();
    }
}
