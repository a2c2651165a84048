package dev.polyphony.streaming;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * Which steps of a topic are there, committed. Partitions are in step order, so the highest step of a partition stands
 * for all before it.
 *
 * @param topic its name
 * @param highest per partition the highest step, -1 if none; empty if the topic does not exist
 */
public record StreamProgress(String topic, List<Long> highest) {

    private static final long NONE = -1;
    private static final int ENOUGH = 3;

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

    /** The highest step of a partition, -1 if it has none. */
    public long highest(int partition) {
        return partition < highest.size() ? highest.get(partition) : -1;
    }

    /** Whether steps 0..steps-1 are all there. */
    public boolean complete(long steps) {
        return nextStep() >= steps;
    }

    /** Reads the ends of a topic's partitions. */
    public static StreamProgress of(KafkaClients clients, String topic, RecordLimits limits) {
        try (Consumer<byte[], byte[]> consumer = clients.scanner(topic + ".progress", limits)) {
            List<Long> highest = new ArrayList<>();
            for (TopicPartition partition : TopicScan.partitions(consumer, topic)) {
                highest.add(highest(consumer, partition));
            }
            return new StreamProgress(topic, highest);
        }
    }

    /**
     * Walks back from the end, in growing strides, past the markers that transactions leave there, until enough steps
     * are seen that one written again late does not pass for the highest.
     */
    private static long highest(Consumer<byte[], byte[]> consumer, TopicPartition partition) {
        List<TopicPartition> one = List.of(partition);
        consumer.assign(one);
        long begin = consumer.beginningOffsets(one).getOrDefault(partition, 0L);
        long end = consumer.endOffsets(one).getOrDefault(partition, 0L);
        TreeSet<Long> steps = new TreeSet<>();
        long from = end;
        for (long stride = 2; from > begin && steps.size() < ENOUGH; stride *= 4) {
            from = Math.max(begin, end - stride);
            steps.clear();
            TopicScan.from(consumer, partition, from, record -> steps.add(stepOf(record)));
            steps.remove(NONE);
        }
        return steps.isEmpty() ? NONE : steps.last();
    }

    private static long stepOf(ConsumerRecord<byte[], byte[]> record) {
        try {
            return record.key() == null ? NONE : StreamTopics.step(record.key());
        } catch (NumberFormatException e) {
            return NONE;
        }
    }
}
