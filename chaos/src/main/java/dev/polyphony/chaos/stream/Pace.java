package dev.polyphony.chaos.stream;

import dev.polyphony.streaming.StreamTopics;
import dev.polyphony.streaming.pacing.StudentReporter;
import dev.polyphony.streaming.reader.StreamPosition;
import java.time.Clock;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;

/**
 * Keeps the stream flowing as long as it is to be injured: reports the progress of a student that is as slow as that,
 * for which perturb-service waits as for any other.
 */
public final class Pace implements AutoCloseable {

    private static final long TICK_MILLIS = 250;
    private static final String NAME = "pace";

    private final Admin admin;
    private final StudentReporter reporter;
    private final int partitions;
    private final ScheduledExecutorService ticker;
    private final long ceiling;
    private double step;
    private double seconds;

    /** Begins to report; {@code seconds} is as in {@link #lastFor}. */
    Pace(Admin admin, StreamTopics topics, int partitions, double seconds, long ceiling) {
        this.admin = admin;
        this.partitions = partitions;
        this.seconds = seconds;
        this.ceiling = ceiling;
        this.reporter =
                new StudentReporter(admin, topics, NAME, StreamPosition.beginning(partitions), Clock.systemUTC());
        this.ticker = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, NAME);
            thread.setDaemon(true);
            return thread;
        });
        var unused = ticker.scheduleAtFixedRate(this::tick, TICK_MILLIS, TICK_MILLIS, TimeUnit.MILLISECONDS);
    }

    /** What is left is divided anew each time, so that the stream becomes slower and not still if this takes longer. */
    private synchronized void tick() {
        step += (ceiling - step) / seconds * TICK_MILLIS / 1000;
        reporter.at(StreamPosition.before((long) step, partitions));
    }

    /** So that what is left lasts for about so long, at least a second. */
    public synchronized void lastFor(double wanted) {
        seconds = Math.max(1, wanted);
    }

    /** Holds nothing back any more. */
    @Override
    public void close() {
        if (!ticker.isShutdown()) {
            ticker.shutdownNow();
            reporter.close();
            admin.close();
        }
    }
}
