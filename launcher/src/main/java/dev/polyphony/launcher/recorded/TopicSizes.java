package dev.polyphony.launcher.recorded;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.LogDirDescription;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;

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
        try {
            List<Integer> brokers =
                    admin.describeCluster().nodes().get().stream().map(Node::id).toList();
            for (Map<String, LogDirDescription> directories :
                    admin.describeLogDirs(brokers).allDescriptions().get().values()) {
                for (LogDirDescription directory : directories.values()) {
                    directory
                            .replicaInfos()
                            .forEach((partition, replica) -> bytes.merge(partition, replica.size(), Math::max));
                }
            }
        } catch (ExecutionException e) {
            throw e.getCause() instanceof KafkaException cause ? cause : new KafkaException(e.getCause());
        } catch (InterruptedException e) {
            throw new InterruptException(e);
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
