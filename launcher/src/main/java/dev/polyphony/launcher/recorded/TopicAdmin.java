package dev.polyphony.launcher.recorded;

import dev.polyphony.streaming.Answer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** Looks at topics and deletes them. What it has done is so when a method returns. */
public final class TopicAdmin {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final long PAUSE_MILLIS = 100;

    private final Admin admin;

    /** @param admin used, not closed */
    public TopicAdmin(Admin admin) {
        this.admin = admin;
    }

    /** All topics. */
    public Set<String> names() {
        return Answer.of(admin.listTopics().names());
    }

    /** How many partitions a topic has; 0 if it does not exist. */
    public int partitions(String topic) {
        try {
            return Answer.of(admin.describeTopics(List.of(topic)).allTopicNames()).values().stream()
                    .mapToInt(found -> found.partitions().size())
                    .sum();
        } catch (UnknownTopicOrPartitionException none) {
            return 0;
        }
    }

    /** Whether nothing has ever been written to a topic. */
    public boolean isEmpty(String topic) {
        Map<TopicPartition, OffsetSpec> ends = new HashMap<>();
        int partitions = partitions(topic);
        for (int partition = 0; partition < partitions; partition++) {
            ends.put(new TopicPartition(topic, partition), OffsetSpec.latest());
        }
        return Answer.of(admin.listOffsets(ends).all()).values().stream().allMatch(end -> end.offset() == 0);
    }

    /** Creates a topic of one partition that stays empty. */
    public void create(String topic, short replicationFactor) {
        Answer.of(admin.createTopics(List.of(new NewTopic(topic, 1, replicationFactor)))
                .all());
        await(names -> names.contains(topic), "there is no topic " + topic + " a minute after it was created");
    }

    /** Deletes those topics that exist. */
    public void delete(Collection<String> topics) {
        List<String> existing = new ArrayList<>(topics);
        existing.retainAll(names());
        if (existing.isEmpty()) {
            return;
        }
        Answer.of(admin.deleteTopics(existing).all());
        await(
                names -> existing.stream().noneMatch(names::contains),
                existing + " are there a minute after they were deleted");
    }

    private void await(Predicate<Set<String>> condition, String failure) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.test(names())) {
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException(failure);
            }
            try {
                Thread.sleep(PAUSE_MILLIS);
            } catch (InterruptedException e) {
                throw new InterruptException(e);
            }
        }
    }
}
