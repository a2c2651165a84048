package dev.polyphony.chaos.stream;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Programs of the operating system. */
public final class Commands {

    private static final long PATIENCE_SECONDS = 20;

    private Commands() {}

    /** Runs a program; whether it is there and ends with exit code 0. */
    public static boolean succeed(List<String> command) {
        try {
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                return false;
            }
            return process.exitValue() == 0;
        } catch (IOException notThere) {
            return false;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /**
     * Sends a signal.
     *
     * @param signal such as {@code STOP}
     * @throws ChaosException if it cannot
     */
    public static void signal(String signal, long pid) {
        if (!succeed(List.of("kill", "-" + signal, Long.toString(pid)))) {
            throw new ChaosException("cannot send SIG" + signal + " to process " + pid);
        }
    }
}
