package dev.polyphony.launcher.archive;

import dev.polyphony.streaming.StreamTopics;
import java.util.Map;
import java.util.function.Function;
import org.apache.kafka.common.TopicPartition;

/**
 * What a manifest says of one file.
 *
 * @param topic {@code plan}, {@code minibatches} or {@code logits}
 * @param partition number of the partition, from 0
 * @param records how many it holds
 * @param largestValue bytes of the largest record's value
 * @param firstOffset where its first record was when it was archived, -1 if there is none; for people
 * @param lastOffset the same of its last record
 * @param bytes size of the file
 * @param sha256 of the file, 64 lower-case hexadecimal digits
 */
record ArchivedFile(
        String topic,
        int partition,
        long records,
        int largestValue,
        long firstOffset,
        long lastOffset,
        long bytes,
        String sha256) {

    private static final Map<String, Function<StreamTopics, String>> TOPICS = Map.of(
            "plan", StreamTopics::plan, "minibatches", StreamTopics::minibatches, "logits", StreamTopics::logits);

    ArchivedFile {
        if (!TOPICS.containsKey(topic)) {
            throw new IllegalArgumentException("there is no topic " + topic);
        }
        if (partition < 0 || records < 0 || largestValue < 0 || bytes < 0) {
            throw new IllegalArgumentException(topic + "-" + partition + " has a number below 0");
        }
        if (!sha256.matches("[0-9a-f]{64}")) {
            throw new IllegalArgumentException("not a SHA-256: " + sha256);
        }
    }

    /** Its name in the archive. */
    String name() {
        return name(topic, partition);
    }

    /** The name of a partition's file. */
    static String name(String topic, int partition) {
        return topic + "-" + partition + ".records";
    }

    /** The partition of a stream that it holds. */
    TopicPartition of(StreamTopics stream) {
        return partition(stream, topic, partition);
    }

    /** A partition of a stream by the short name of its topic. */
    static TopicPartition partition(StreamTopics stream, String topic, int partition) {
        Function<StreamTopics, String> name = TOPICS.get(topic);
        if (name == null) {
            throw new IllegalArgumentException("there is no topic " + topic);
        }
        return new TopicPartition(name.apply(stream), partition);
    }
}
