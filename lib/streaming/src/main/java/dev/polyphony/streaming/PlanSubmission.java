package dev.polyphony.streaming;

import dev.polyphony.experiment.StreamPlan;
import dev.polyphony.wire.PlanStep;
import java.time.Duration;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.ProducerFencedException;

/** Writes the plan of a stream, once: all steps in one transaction. */
public final class PlanSubmission {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final long PAUSE_MILLIS = 200;
    private static final RecordLimits LIMITS = new RecordLimits(1 << 16);

    private final KafkaClients clients;

    public PlanSubmission(KafkaClients clients) {
        this.clients = clients;
    }

    /**
     * Writes the plan unless it is there. Of several processes that do so at once, one writes.
     *
     * @return whether this call wrote it
     */
    public boolean submit(StreamTopics topics, StreamPlan plan) {
        if (isThere(topics, plan)) {
            return false;
        }
        String identity = topics.transactionalId("plan", "0");
        try (Producer<byte[], byte[]> producer = clients.producer(identity, LIMITS, identity)) {
            // Ends whatever another process has begun. What it had committed before is seen by the second look.
            producer.initTransactions();
            if (isThere(topics, plan)) {
                return false;
            }
            write(producer, topics, plan);
            return true;
        } catch (ProducerFencedException | InvalidProducerEpochException overtaken) {
            awaitOther(topics, plan);
            return false;
        } catch (KafkaException failure) {
            if (failure.getCause() instanceof ProducerFencedException
                    || failure.getCause() instanceof InvalidProducerEpochException) {
                awaitOther(topics, plan);
                return false;
            }
            throw failure;
        }
    }

    private boolean isThere(StreamTopics topics, StreamPlan plan) {
        return StreamProgress.of(clients, topics.plan(), LIMITS).complete(plan.steps());
    }

    private static void write(Producer<byte[], byte[]> producer, StreamTopics topics, StreamPlan plan) {
        int partitions = producer.partitionsFor(topics.plan()).size();
        producer.beginTransaction();
        for (long step = 0; step < plan.steps(); step++) {
            PlanStep record = new PlanStep(
                    topics.streamId(), step, plan.epoch(step), plan.stepInEpoch(step), plan.sampleCount(step));
            var unused = producer.send(new ProducerRecord<>(
                    topics.plan(),
                    StreamTopics.partitionOf(step, partitions),
                    StreamTopics.key(step),
                    record.encode()));
        }
        producer.commitTransaction();
    }

    private void awaitOther(StreamTopics topics, StreamPlan plan) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!isThere(topics, plan)) {
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException("another process took over writing the plan of stream "
                        + topics.streamId() + ", but has not finished it after " + PATIENCE.toSeconds() + " s");
            }
            try {
                Thread.sleep(PAUSE_MILLIS);
            } catch (InterruptedException e) {
                throw new InterruptException(e);
            }
        }
    }
}
