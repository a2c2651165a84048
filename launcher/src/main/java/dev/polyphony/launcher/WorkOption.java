package dev.polyphony.launcher;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The option that says where everything is kept, for every command that needs it. */
public final class WorkOption {

    @Option(
            names = "--work",
            paramLabel = "DIR",
            description = "Where everything is kept. Otherwise $POLYPHONY_WORK, otherwise work in the repository.")
    private @Nullable Path directory;

    /** The directory that the user means. */
    public WorkDirectory directory() {
        if (directory != null) {
            return new WorkDirectory(directory);
        }
        String fromEnvironment = System.getenv("POLYPHONY_WORK");
        if (fromEnvironment != null && !fromEnvironment.isBlank()) {
            return new WorkDirectory(Path.of(fromEnvironment));
        }
        return new WorkDirectory(home().resolve("work"));
    }

    /** The repository's root, as the script says; the current directory without it. */
    public static Path home() {
        return Path.of(System.getProperty("polyphony.home", "")).toAbsolutePath();
    }
}
