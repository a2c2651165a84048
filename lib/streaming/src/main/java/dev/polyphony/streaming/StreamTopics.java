package dev.polyphony.streaming;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The names of a stream's topics and groups. Step n lives in partition n mod partitions of each of its topics, so that
 * the topics are co-partitioned and each partition is in step order.
 *
 * @param streamId identity of the stream
 */
public record StreamTopics(String streamId) {

    /** Start of the names of all topics, groups and transactional identities. */
    public static final String PREFIX = "polyphony.";

    /** Topic of all checkpoint announcements. */
    public static final String CHECKPOINTS = PREFIX + "checkpoints";

    /** Topic of all evaluations. */
    public static final String EVALUATIONS = PREFIX + "evaluations";

    private static final Pattern TOPIC =
            Pattern.compile("polyphony\\.([A-Za-z0-9_-]+)\\.(?:plan|minibatches|logits|restoring)");

    public StreamTopics {
        if (!streamId.matches("[A-Za-z0-9_-]+")) {
            throw new IllegalArgumentException(
                    "a stream's identity consists of letters, digits, '_' and '-', not \"" + streamId + "\"");
        }
    }

    public String plan() {
        return prefix() + "plan";
    }

    public String minibatches() {
        return prefix() + "minibatches";
    }

    public String logits() {
        return prefix() + "logits";
    }

    /** The three topics of the stream, in the order of the flow. */
    public List<String> all() {
        return List.of(plan(), minibatches(), logits());
    }

    /** Stands, empty, as long as the stream is being restored from an archive, or its restoring was interrupted. */
    public String restoring() {
        return prefix() + "restoring";
    }

    /** The stream that a topic belongs to; empty for topics of no stream, or of all. */
    public static Optional<String> streamOf(String topic) {
        Matcher match = TOPIC.matcher(topic);
        return match.matches() ? Optional.of(match.group(1)) : Optional.empty();
    }

    /** Start of the names of all groups in which students of this stream report their progress. */
    public String studentGroupPrefix() {
        return prefix() + "student.";
    }

    /** Consumer group of all replicas of a service on this stream. */
    public String group(String service) {
        return prefix() + service;
    }

    /** Transactional identity of one replica of a service: stable, so that a restart aborts what it left open. */
    public String transactionalId(String service, String replica) {
        return PREFIX + service + "." + streamId + "." + replica;
    }

    /** Start of the names of the stream's topics and groups. */
    public String prefix() {
        return PREFIX + streamId + ".";
    }

    /** Where records of a topic go that cannot be read. */
    public static String deadLetter(String topic) {
        return topic + ".dlt";
    }

    public static int partitionOf(long step, int partitions) {
        return (int) (step % partitions);
    }

    /** Key of every record of a step: its number in decimal digits, readable in any Kafka tool. */
    public static byte[] key(long step) {
        return Long.toString(step).getBytes(StandardCharsets.US_ASCII);
    }

    /**
     * The step that a key names.
     *
     * @throws IllegalArgumentException if it names none
     */
    public static long step(byte[] key) {
        return Long.parseLong(new String(key, StandardCharsets.US_ASCII));
    }
}
