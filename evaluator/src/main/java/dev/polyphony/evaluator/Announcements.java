package dev.polyphony.evaluator;

import dev.polyphony.streaming.KafkaClients;
import dev.polyphony.streaming.RecordLimits;
import dev.polyphony.streaming.StreamTopics;
import dev.polyphony.wire.CheckpointAnnouncement;
import dev.polyphony.wire.Evaluation;
import dev.polyphony.wire.UnreadableRecordException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The evaluator's ends of the topics: one run's checkpoints in, their scores out. Reads from the beginning, always. Of a
 * checkpoint that was announced several times before it began, as by a training that was deleted and done again, it knows
 * the last announcement alone.
 */
final class Announcements implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Announcements.class);
    private static final Duration PATIENCE = Duration.ofMillis(500);

    private final String runId;
    private final Consumer<byte[], byte[]> consumer;
    private final Producer<byte[], byte[]> producer;
    private final Queue<CheckpointAnnouncement> read = new ArrayDeque<>();
    private final TopicPartition topic = new TopicPartition(StreamTopics.CHECKPOINTS, 0);
    private final long before;

    Announcements(KafkaClients clients, RecordLimits limits, String runId) {
        this(
                clients.consumer("evaluator-" + runId, limits, Map.of()),
                clients.producer("evaluator-" + runId, limits, null),
                runId);
    }

    Announcements(Consumer<byte[], byte[]> consumer, Producer<byte[], byte[]> producer, String runId) {
        this.runId = runId;
        this.consumer = consumer;
        this.producer = producer;
        consumer.assign(List.of(topic));
        consumer.seekToBeginning(List.of(topic));
        before = consumer.endOffsets(List.of(topic)).getOrDefault(topic, 0L);
    }

    /** The run's next checkpoint; null if none was announced within half a second. */
    @Nullable
    CheckpointAnnouncement next() {
        if (read.isEmpty() || consumer.position(topic) < before) {
            for (ConsumerRecord<byte[], byte[]> record : consumer.poll(PATIENCE)) {
                keep(record);
            }
        }
        return consumer.position(topic) < before ? null : read.poll();
    }

    private void keep(ConsumerRecord<byte[], byte[]> record) {
        try {
            CheckpointAnnouncement announcement = CheckpointAnnouncement.decode(record.value());
            if (announcement.runId().equals(runId)) {
                requireOwn(announcement);
                if (record.offset() < before) {
                    read.removeIf(earlier -> earlier.nextStep() == announcement.nextStep());
                }
                read.add(announcement);
            }
        } catch (UnreadableRecordException unreadable) {
            LOG.warn("{} at offset {} passed over: {}", record.topic(), record.offset(), unreadable.getMessage());
        }
    }

    /** Whoever may write to the topic still cannot make this process read other files than the run's checkpoints. */
    private void requireOwn(CheckpointAnnouncement announcement) {
        String directory = "runs/" + runId + "/checkpoints/";
        String address = announcement.address();
        if (!address.startsWith(directory)
                || !address.substring(directory.length()).matches("[A-Za-z0-9][A-Za-z0-9._-]*")) {
            throw new UnreadableRecordException("address \"" + address + "\" is none of a file in " + directory);
        }
    }

    /** Returns when the broker has the evaluation. */
    void publish(EvaluationDocument document) {
        String json = new String(document.toBytes(), StandardCharsets.UTF_8);
        byte[] value = new Evaluation(runId, document.nextStep(), json).encode();
        try {
            producer.send(new ProducerRecord<>(StreamTopics.EVALUATIONS, runId.getBytes(StandardCharsets.UTF_8), value))
                    .get();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new KafkaException("interrupted while publishing an evaluation", interrupted);
        } catch (ExecutionException failure) {
            throw new KafkaException("an evaluation of run " + runId + " not published", failure.getCause());
        }
    }

    @Override
    public void close() {
        consumer.close();
        producer.close();
    }
}
