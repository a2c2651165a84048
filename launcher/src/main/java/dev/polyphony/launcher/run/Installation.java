package dev.polyphony.launcher.run;

import dev.polyphony.launcher.LauncherMistake;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Where the built program lies.
 *
 * @param home the repository's root
 */
public record Installation(Path home) {

    private static final String VERSION = "0.1.0-SNAPSHOT";

    /** The class path of a service. */
    public String classPath(String module) {
        Path target = home.resolve(module).resolve("target");
        Path jar = target.resolve("polyphony-" + module + "-" + VERSION + ".jar");
        Path libraries = target.resolve("classpath");
        if (!Files.exists(jar) || !Files.exists(libraries)) {
            throw new LauncherMistake(
                    module + " has not been built: there is no " + (Files.exists(jar) ? libraries : jar)
                            + ". Start with the script polyphony, which builds it, or run ./mvnw -Pquick package");
        }
        try {
            return jar + ":" + Files.readString(libraries).strip();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + libraries, e);
        }
    }
}
