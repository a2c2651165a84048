package dev.polyphony.launcher.recorded;

import dev.polyphony.launcher.LauncherMistake;
import dev.polyphony.streaming.Backlog;
import dev.polyphony.streaming.Backlog.Uncommitted;
import dev.polyphony.streaming.KafkaClients;
import dev.polyphony.streaming.RecordLimits;
import dev.polyphony.streaming.StreamProgress;
import dev.polyphony.streaming.StreamTopics;
import dev.polyphony.wire.Minibatch;
import dev.polyphony.wire.StepRecord;
import dev.polyphony.wire.TeacherLogits;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.Consumer;

/** What is recorded of one stream. Reads without a consumer group, so that nobody waits for this reader. */
public final class RecordedStream {

    private final KafkaClients clients;
    private final StreamTopics topics;

    /** The stream of this identity; nothing is read yet. */
    public RecordedStream(KafkaClients clients, String streamId) {
        this.clients = clients;
        this.topics = new StreamTopics(streamId);
    }

    /** How many steps from the first are recorded with their logits; 0 for an unknown stream. */
    public long steps() {
        return Math.min(
                StreamProgress.of(clients, topics.minibatches(), RecordLimits.ANY)
                        .nextStep(),
                StreamProgress.of(clients, topics.logits(), RecordLimits.ANY).nextStep());
    }

    /** How many steps the whole stream has; 0 for an unknown stream. */
    public long planned() {
        return StreamProgress.of(clients, topics.plan(), RecordLimits.ANY).nextStep();
    }

    /** Whether there is work for the services, such as steps made up for after the end. */
    public boolean hasBacklog() {
        return Backlog.exists(clients, topics.group("perturb"), topics.plan(), RecordLimits.ANY, Uncommitted.NONE)
                || Backlog.exists(
                        clients, topics.group("teacher"), topics.minibatches(), RecordLimits.ANY, Uncommitted.NONE);
    }

    /** Whole minibatches by step. */
    public SortedMap<Long, Minibatch> minibatches(StepRange range) {
        return joined(topics.minibatches(), range, Minibatch::decode, Minibatch::join);
    }

    /** Whole logits by step. */
    public SortedMap<Long, TeacherLogits> logits(StepRange range) {
        return joined(topics.logits(), range, TeacherLogits::decode, TeacherLogits::join);
    }

    /**
     * Makes sure that steps are there.
     *
     * @throws LauncherMistake if they are not recorded
     */
    public void require(StepRange range) {
        long recorded = steps();
        if (recorded == 0) {
            throw new LauncherMistake("there is no stream " + topics.streamId() + " on this broker; a run says the"
                    + " identity of its stream in its first line");
        }
        if (range.last() >= recorded) {
            throw new LauncherMistake("of stream " + topics.streamId() + " steps 0.." + (recorded - 1)
                    + " are recorded, not all of " + range);
        }
    }

    private <T extends StepRecord> SortedMap<Long, T> joined(
            String topic, StepRange range, Function<byte[], T> decode, Function<List<T>, T> join) {
        SortedMap<Long, T> whole = new TreeMap<>();
        try (Consumer<byte[], byte[]> consumer = clients.scanner(topic + ".look", RecordLimits.ANY)) {
            new StepScan<>(consumer, topic, range, decode)
                    .read()
                    .forEach((step, parts) -> whole.put(step, join.apply(List.copyOf(parts.values()))));
        }
        return whole;
    }
}
