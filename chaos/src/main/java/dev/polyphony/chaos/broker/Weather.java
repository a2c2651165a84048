package dev.polyphony.chaos.broker;

import java.time.Duration;

/**
 * How a network treats what passes through it.
 *
 * @param refusesConnections whether a new connection is closed at once
 * @param holdsBack whether bytes stay where they are, without a word to either side, until this changes
 * @param delay added to each piece of up to 16 KiB, in each direction
 * @param bytesPerSecond of each direction of each connection; 0 for as many as the machine gives
 */
public record Weather(boolean refusesConnections, boolean holdsBack, Duration delay, long bytesPerSecond) {

    /** Nothing in the way. */
    public static final Weather FAIR = new Weather(false, false, Duration.ZERO, 0);

    /** Nobody gets through, and everybody is told so. */
    public static final Weather DOWN = new Weather(true, false, Duration.ZERO, 0);

    /** Nothing gets through, and nobody is told. */
    public static final Weather SILENT = new Weather(false, true, Duration.ZERO, 0);

    public Weather {
        if (delay.isNegative() || bytesPerSecond < 0) {
            throw new IllegalArgumentException("delay " + delay + ", bytes per second " + bytesPerSecond);
        }
    }

    /** Slow: late and narrow. */
    public static Weather slow(Duration delay, long bytesPerSecond) {
        return new Weather(false, false, delay, bytesPerSecond);
    }

    /** How long a piece of so many bytes is under way. */
    Duration transit(int bytes) {
        return bytesPerSecond == 0 ? delay : delay.plusNanos(1_000_000_000L * bytes / bytesPerSecond);
    }
}
