package dev.polyphony.student;

import dev.polyphony.datasets.Experiment;
import dev.polyphony.streaming.KafkaClients;
import dev.polyphony.streaming.MissingStepException;
import dev.polyphony.streaming.RecordLimits;
import dev.polyphony.streaming.StreamProgress;
import dev.polyphony.streaming.StreamTopics;
import dev.polyphony.streaming.TopicRetention;
import dev.polyphony.streaming.letters.DeadLetterTopic;
import dev.polyphony.streaming.meters.StreamMeter;
import dev.polyphony.streaming.pacing.StudentReporter;
import dev.polyphony.streaming.reader.OrderedStreamReader;
import dev.polyphony.streaming.reader.StreamPosition;
import dev.polyphony.wire.CheckpointAnnouncement;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The trainer's ends of the stream: what it reads, where it says how far it is, where it announces checkpoints. */
final class StudentStream implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(StudentStream.class);
    private static final int CAPACITY = 4;

    private final Experiment experiment;
    private final KafkaClients clients;
    private final StreamTopics topics;
    private final RecordLimits limits;
    private final MeterRegistry registry;
    private final Admin admin;
    private final Producer<byte[], byte[]> producer;
    private final Map<String, DeadLetterTopic> letters = new HashMap<>();

    StudentStream(
            Experiment experiment,
            KafkaClients clients,
            StreamTopics topics,
            RecordLimits limits,
            MeterRegistry registry) {
        this.experiment = experiment;
        this.clients = clients;
        this.topics = topics;
        this.limits = limits;
        this.registry = registry;
        this.admin = clients.admin();
        this.producer = clients.producer("student-" + experiment.identities().runId(), limits, null);
    }

    int partitions() {
        return producer.partitionsFor(topics.minibatches()).size();
    }

    OrderedStreamReader open(StreamPosition position) {
        StreamMeter.STREAM_STEPS.gauge(registry, experiment.streamPlan()::steps);
        StreamMeter.RETENTION.gauge(registry).set(TopicRetention.seconds(admin, topics));
        return new OrderedStreamReader(
                clients,
                topics,
                limits,
                experiment.identities().ensembleId(),
                position,
                CAPACITY,
                this::putAside,
                registry);
    }

    private void putAside(ConsumerRecord<byte[], byte[]> record, String reason) {
        LOG.warn(
                "{} partition {} offset {} cannot be read: {}",
                record.topic(),
                record.partition(),
                record.offset(),
                reason);
        var unused = letters.computeIfAbsent(record.topic(), topic -> new DeadLetterTopic(clients, topic, limits))
                .put(record, reason);
    }

    /** Whether every step has been committed to both topics, as far as their ends tell. */
    boolean isRecorded() {
        long steps = experiment.streamPlan().steps();
        return StreamProgress.of(clients, topics.logits(), limits).complete(steps)
                && StreamProgress.of(clients, topics.minibatches(), limits).complete(steps);
    }

    MissingStepException missing(long step) {
        return MissingStepException.of(topics.logits(), step);
    }

    StudentReporter report(StreamPosition position) {
        return new StudentReporter(admin, topics, experiment.identities().runId(), position, Clock.systemUTC());
    }

    /** Returns when the broker has the announcement. */
    void announce(CheckpointAnnouncement announcement) {
        byte[] key = announcement.runId().getBytes(StandardCharsets.UTF_8);
        try {
            producer.send(new ProducerRecord<>(StreamTopics.CHECKPOINTS, key, announcement.encode()))
                    .get();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new KafkaException("interrupted while announcing a checkpoint", interrupted);
        } catch (ExecutionException failure) {
            throw new KafkaException("checkpoint " + announcement.address() + " not announced", failure.getCause());
        }
    }

    @Override
    public void close() {
        producer.close();
        admin.close();
    }
}
