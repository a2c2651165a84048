package dev.polyphony.streaming.pacing;

import dev.polyphony.streaming.StreamTopics;
import dev.polyphony.streaming.access.Refusal;
import dev.polyphony.streaming.reader.StreamPosition;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A student's side of the backward signal: commits its position in a group of its own, with its next step as metadata.
 * Says so again twice a second, progress or not, so that whoever paces knows that it is there. Nothing waits for it.
 */
public final class StudentReporter implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(StudentReporter.class);
    private static final long PERIOD_MILLIS = 500;
    private static final long LAST_WORD_SECONDS = 2;

    private final Admin admin;
    private final StreamTopics topics;
    private final String group;
    private final Clock clock;
    private final ScheduledExecutorService thread;
    private volatile StreamPosition position;
    private volatile @Nullable RuntimeException refused;

    /**
     * Begins to report.
     *
     * @param admin used until close, not closed
     */
    public StudentReporter(Admin admin, StreamTopics topics, String runId, StreamPosition position, Clock clock) {
        this.admin = admin;
        this.topics = topics;
        this.group = topics.studentGroupPrefix() + runId;
        this.clock = clock;
        this.position = position;
        this.thread = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread reporter = new Thread(task, "student-reporter");
            reporter.setDaemon(true);
            return reporter;
        });
        var unused = thread.scheduleWithFixedDelay(() -> say(true), 0, PERIOD_MILLIS, TimeUnit.MILLISECONDS);
    }

    /**
     * The student has come so far. Costs nothing: the next report says it.
     *
     * @throws RuntimeException if the broker refuses reports, which no patience mends: the recording would wait for ever
     */
    public void at(StreamPosition newPosition) {
        RuntimeException refusal = refused;
        if (refusal != null) {
            throw refusal;
        }
        position = newPosition;
    }

    private void say(boolean active) {
        StreamPosition current = position;
        String metadata = new StudentReport(current.nextStep(), clock.millis(), active).metadata();
        Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
        for (int partition = 0; partition < current.partitions(); partition++) {
            offsets.put(
                    new TopicPartition(topics.minibatches(), partition),
                    new OffsetAndMetadata(current.minibatches().get(partition), metadata));
        }
        try {
            admin.alterConsumerGroupOffsets(group, offsets).all().get(LAST_WORD_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        } catch (Exception failure) {
            if (Refusal.is(failure.getCause()) && failure.getCause() instanceof RuntimeException refusal) {
                refused = refusal;
            }
            LOG.warn("progress of {} not reported, next try follows: {}", group, String.valueOf(failure));
        }
    }

    /** Says a last time where the student stands, and that it has left. */
    @Override
    public void close() {
        thread.shutdown();
        try {
            if (!thread.awaitTermination(LAST_WORD_SECONDS + 1, TimeUnit.SECONDS)) {
                LOG.warn("the last report of {} was given up", group);
                return;
            }
            say(false);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
