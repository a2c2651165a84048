package dev.polyphony.launcher.process;

import java.time.Duration;

/**
 * When a child is started again.
 *
 * @param most restarts in all
 * @param pause before each
 * @param stays whether the child is to run until it is stopped, so that ending, even well, is a crash
 */
public record Restarts(int most, Duration pause, boolean stays) {

    /** For work that comes to an end. */
    public static final Restarts OF_WORK = new Restarts(5, Duration.ofMillis(500), false);

    /** For what others depend on as long as they run. */
    public static final Restarts OF_SERVER = new Restarts(5, Duration.ofMillis(500), true);
}
