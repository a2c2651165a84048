package dev.polyphony.streaming;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/**
 * Which steps of a topic are there, committed. Partitions are in step order, so the highest step of a partition stands
 * for all before it.
 *
 * @param topic its name
 * @param highest per partition the highest step, -1 if none; empty if the topic does not exist
 */
public record StreamProgress(String topic, List<Long> highest) {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration POLL = Duration.ofMillis(200);

    public StreamProgress {
        highest = List.copyOf(highest);
    }

    /** The smallest step that is missing. */
    public long nextStep() {
        long next = Long.MAX_VALUE;
        int partitions = highest.size();
        for (int partition = 0; partition < partitions; partition++) {
            long last = highest.get(partition);
            next = Math.min(next, last < 0 ? partition : last + partitions);
        }
        return partitions == 0 ? 0 : next;
    }

    /** Whether steps 0..steps-1 are all there. */
    public boolean complete(long steps) {
        return nextStep() >= steps;
    }

    /** Reads the ends of a topic's partitions. */
    public static StreamProgress of(KafkaClients clients, String topic, RecordLimits limits) {
        try (Consumer<byte[], byte[]> consumer = clients.consumer(topic + ".progress", limits, Map.of())) {
            List<Long> highest = new ArrayList<>();
            for (TopicPartition partition : partitions(consumer, topic)) {
                highest.add(highest(consumer, partition));
            }
            return new StreamProgress(topic, highest);
        }
    }

    private static List<TopicPartition> partitions(Consumer<byte[], byte[]> consumer, String topic) {
        try {
            List<TopicPartition> partitions = new ArrayList<>();
            consumer.partitionsFor(topic).forEach(info -> partitions.add(new TopicPartition(topic, info.partition())));
            partitions.sort((a, b) -> Integer.compare(a.partition(), b.partition()));
            return List.copyOf(partitions);
        } catch (UnknownTopicOrPartitionException e) {
            return List.of();
        }
    }

    /** Walks back from the end, in growing strides, past the markers that transactions leave there. */
    private static long highest(Consumer<byte[], byte[]> consumer, TopicPartition partition) {
        List<TopicPartition> one = List.of(partition);
        consumer.assign(one);
        long begin = consumer.beginningOffsets(one).getOrDefault(partition, 0L);
        long end = consumer.endOffsets(one).getOrDefault(partition, 0L);
        long from = end;
        for (long stride = 2; from > begin; stride *= 8) {
            from = Math.max(begin, end - stride);
            long step = last(consumer, partition, from, end);
            if (step >= 0) {
                return step;
            }
        }
        return -1;
    }

    private static long last(Consumer<byte[], byte[]> consumer, TopicPartition partition, long from, long end) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        long step = -1;
        consumer.seek(partition, from);
        while (consumer.position(partition) < end) {
            if (System.nanoTime() > deadline) {
                throw new TimeoutException("no end of " + partition + " after " + PATIENCE.toSeconds() + " s");
            }
            for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                step = Math.max(step, stepOf(record));
            }
        }
        return step;
    }

    private static long stepOf(ConsumerRecord<byte[], byte[]> record) {
        try {
            return record.key() == null ? -1 : StreamTopics.step(record.key());
        } catch (NumberFormatException e) {
            return -1;
        }
    }
}
