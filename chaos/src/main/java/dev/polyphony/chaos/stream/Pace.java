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
    private static final double APPROACH_SECONDS = 4;
    private static final String NAME = "pace";

    private final Admin admin;
    private final StudentReporter reporter;
    private final int partitions;
    private final ScheduledExecutorService ticker;
    private final long ceiling;
    private double step;
    private double target;

    /**
     * Begins to report.
     *
     * @param ceiling how far it lets the stream come at most
     */
    Pace(Admin admin, StreamTopics topics, int partitions, long ceiling) {
        this.admin = admin;
        this.partitions = partitions;
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

    private synchronized void tick() {
        step += (target - step) / APPROACH_SECONDS * TICK_MILLIS / 1000;
        reporter.at(StreamPosition.before((long) step, partitions));
    }

    /**
     * Lets the next part of the stream flow, and no more: by faults and not by time, because a busy machine needs more of
     * it.
     *
     * @param parts into how many equal parts what is left is divided
     */
    public synchronized void release(int parts) {
        target += (ceiling - target) / parts;
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
