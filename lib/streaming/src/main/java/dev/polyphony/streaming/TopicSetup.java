package dev.polyphony.streaming;

import dev.polyphony.experiment.UserMistake;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.CreateTopicsResult;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** Creates the topics that are missing, and refuses those that do not fit together. */
public final class TopicSetup {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final long PAUSE_MILLIS = 50;

    private final int partitions;
    private final short replicationFactor;

    /**
     * Topics of a cluster.
     *
     * @param partitions of each topic of a stream; topics that exist keep what they have
     * @param replicationFactor of topics that are created
     */
    public TopicSetup(int partitions, short replicationFactor) {
        if (partitions < 1 || replicationFactor < 1) {
            throw new IllegalArgumentException(
                    "partitions and replication factor must be at least 1: " + partitions + ", " + replicationFactor);
        }
        this.partitions = partitions;
        this.replicationFactor = replicationFactor;
    }

    /**
     * Creates what is missing of the stream's topics, its dead letters and the two topics of all streams. Does nothing
     * the second time.
     *
     * @return partitions of the stream's topics
     * @throws UnfitTopicsException if the topics that exist differ in their partitions, or the stream has not been
     *     restored to its end
     */
    public int ensure(Admin admin, StreamTopics topics, RecordLimits limits) {
        List<NewTopic> wanted = new ArrayList<>();
        for (String topic : topics.all()) {
            wanted.add(topic(topic, partitions, limits.topic()));
            wanted.add(topic(StreamTopics.deadLetter(topic), 1, limits.topic()));
        }
        // One partition: announcements are few and must stay in order.
        wanted.add(topic(StreamTopics.CHECKPOINTS, 1, Map.of()));
        wanted.add(topic(StreamTopics.EVALUATIONS, 1, Map.of()));
        create(admin, wanted, topics);
        return requireFit(admin, topics);
    }

    private NewTopic topic(String name, int count, Map<String, String> limits) {
        Map<String, String> config = new HashMap<>(limits);
        // A stream is replayed by students that do not exist yet: nothing is deleted unless a person does.
        config.put(TopicConfig.RETENTION_MS_CONFIG, "-1");
        config.put(TopicConfig.RETENTION_BYTES_CONFIG, "-1");
        config.put(TopicConfig.CLEANUP_POLICY_CONFIG, TopicConfig.CLEANUP_POLICY_DELETE);
        config.put(TopicConfig.COMPRESSION_TYPE_CONFIG, "uncompressed");
        config.put(TopicConfig.MIN_IN_SYNC_REPLICAS_CONFIG, replicationFactor >= 3 ? "2" : "1");
        return new NewTopic(name, count, replicationFactor).configs(config);
    }

    private static void create(Admin admin, List<NewTopic> wanted, StreamTopics topics) {
        Set<String> existing = Answer.of(admin.listTopics().names());
        if (existing.contains(topics.restoring())) {
            throw new UnfitTopicsException("stream " + topics.streamId()
                    + " is being restored from an archive, or its restoring was interrupted: wait for it, or give the"
                    + " command 'polyphony restore' again, or delete the stream");
        }
        List<NewTopic> missing = wanted.stream()
                .filter(topic -> !existing.contains(topic.name()))
                .toList();
        CreateTopicsResult result = admin.createTopics(missing);
        Set<String> refused = new TreeSet<>();
        for (Map.Entry<String, KafkaFuture<Void>> created : result.values().entrySet()) {
            try {
                Answer.of(created.getValue());
            } catch (TopicExistsException faster) {
                // Another process was faster; what it made is checked like everything else.
            } catch (TopicAuthorizationException refusal) {
                refused.add(created.getKey());
            }
        }
        if (!refused.isEmpty()) {
            throw new TopicAuthorizationException(refused);
        }
    }

    private static int requireFit(Admin admin, StreamTopics topics) {
        Map<String, TopicDescription> found = describe(admin, topics);
        Map<String, Integer> counts = new HashMap<>();
        found.forEach(
                (name, description) -> counts.put(name, description.partitions().size()));
        if (Set.copyOf(counts.values()).size() != 1) {
            throw new UnfitTopicsException("the topics of stream " + topics.streamId()
                    + " must have equal numbers of partitions, but have " + counts
                    + ". Delete them, so that they are created again, or give them equal numbers.");
        }
        return counts.values().iterator().next();
    }

    /** A topic that has just been created is known to the broker that is asked a moment later. */
    private static Map<String, TopicDescription> describe(Admin admin, StreamTopics topics) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            try {
                return Answer.of(admin.describeTopics(topics.all()).allTopicNames());
            } catch (UnknownTopicOrPartitionException notYet) {
                if (System.nanoTime() > deadline) {
                    throw notYet;
                }
                pause();
            }
        }
    }

    private static void pause() {
        try {
            Thread.sleep(PAUSE_MILLIS);
        } catch (InterruptedException e) {
            throw new org.apache.kafka.common.errors.InterruptException(e);
        }
    }

    /** The topics that exist do not fit together. */
    public static final class UnfitTopicsException extends RuntimeException implements UserMistake {
        private static final long serialVersionUID = 1L;

        UnfitTopicsException(String message) {
            super(message);
        }
    }
}
