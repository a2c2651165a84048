package dev.polyphony.streaming;

import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/** What a service has not processed yet of its input, all replicas together. */
public final class Backlog {

    private Backlog() {}

    /** What counts in a partition that the group has committed nothing of. */
    public enum Uncommitted {
        /** Everything: the group is at work, and has not come to it. */
        ALL,
        /** Nothing: a group that rested for long is forgotten, and then only the output tells. */
        NONE
    }

    /** Whether records of the topic lie beyond what the group committed. */
    public static boolean exists(
            KafkaClients clients, String group, String topic, RecordLimits limits, Uncommitted uncommitted) {
        try (Admin admin = clients.admin();
                Consumer<byte[], byte[]> consumer = clients.scanner(topic + ".backlog", limits)) {
            Map<TopicPartition, OffsetAndMetadata> committed =
                    Answer.of(admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata());
            for (TopicPartition partition : TopicScan.partitions(consumer, topic)) {
                OffsetAndMetadata position = committed.get(partition);
                boolean counts = position != null || uncommitted == Uncommitted.ALL;
                if (counts && isThere(consumer, partition, position == null ? 0 : position.offset())) {
                    return true;
                }
            }
            return false;
        }
    }

    private static boolean isThere(Consumer<byte[], byte[]> consumer, TopicPartition partition, long offset) {
        long end = consumer.endOffsets(List.of(partition)).getOrDefault(partition, 0L);
        if (end <= offset) {
            return false;
        }
        long begin = consumer.beginningOffsets(List.of(partition)).getOrDefault(partition, 0L);
        boolean[] found = {false};
        TopicScan.from(consumer, partition, Math.max(begin, offset), record -> found[0] = true);
        return found[0];
    }
}
