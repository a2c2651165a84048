package dev.polyphony.launcher.recorded;

import dev.polyphony.streaming.Answer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.LogDirDescription;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.TopicPartition;

/**
 * What the partitions of a cluster take on disk: of each its largest copy.
 *
 * @param bytes by partition
 */
public record TopicSizes(Map<TopicPartition, Long> bytes) {

    public TopicSizes {
        bytes = Map.copyOf(bytes);
    }

    /** Asks all brokers. */
    public static TopicSizes read(Admin admin) {
        Map<TopicPartition, Long> bytes = new HashMap<>();
        List<Integer> brokers = Answer.of(admin.describeCluster().nodes()).stream()
                .map(Node::id)
                .toList();
        for (Map<String, LogDirDescription> directories :
                Answer.of(admin.describeLogDirs(brokers).allDescriptions()).values()) {
            for (LogDirDescription directory : directories.values()) {
                directory
                        .replicaInfos()
                        .forEach((partition, replica) -> bytes.merge(partition, replica.size(), Math::max));
            }
        }
        return new TopicSizes(bytes);
    }

    /** Of all partitions of a topic; 0 if there is none. */
    public long of(String topic) {
        return bytes.entrySet().stream()
                .filter(entry -> entry.getKey().topic().equals(topic))
                .mapToLong(Map.Entry::getValue)
                .sum();
    }

    /** Of one partition; 0 if there is none. */
    public long of(TopicPartition partition) {
        return bytes.getOrDefault(partition, 0L);
    }
}
