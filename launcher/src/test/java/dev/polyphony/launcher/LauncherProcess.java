package dev.polyphony.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The command as a process of its own, with its output in a file. */
public final class LauncherProcess {

    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private final Process process;
    private final Path log;

    private LauncherProcess(Process process, Path log) {
        this.process = process;
        this.log = log;
    }

    public static LauncherProcess start(Path log, String... arguments) throws IOException {
        Path home = Path.of(System.getProperty("user.dir")).getParent();
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-Dpolyphony.home=" + home,
                "-cp",
                System.getProperty("java.class.path"),
                "dev.polyphony.launcher.Polyphony"));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        return new LauncherProcess(process, log);
    }

    public String output() throws IOException {
        return Files.readString(log);
    }

    public void awaitOutput(String text) throws Exception {
        Instant deadline = Instant.now().plus(PATIENCE);
        while (!output().contains(text)) {
            if (!process.isAlive() || Instant.now().isAfter(deadline)) {
                fail("waited in vain for \"" + text + "\" in:\n" + output());
            }
            Thread.sleep(50);
        }
    }

    /** Waits for its end, and checks its exit code. */
    public LauncherProcess ended(int exit) throws Exception {
        return ended(exit, PATIENCE);
    }

    /** The same, with a patience of the caller's. */
    public LauncherProcess ended(int exit, Duration within) throws Exception {
        boolean ended = process.waitFor(within.toSeconds(), TimeUnit.SECONDS);
        process.destroy();
        assertThat(ended).as("it ends in time:\n%s", output()).isTrue();
        assertThat(process.exitValue()).as(output()).isEqualTo(exit);
        return this;
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    public void kill() throws Exception {
        process.destroyForcibly();
        assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
    }
}
