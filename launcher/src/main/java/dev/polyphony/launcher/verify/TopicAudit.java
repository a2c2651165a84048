package dev.polyphony.launcher.verify;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.polyphony.experiment.Sha256;
import dev.polyphony.streaming.KafkaClients;
import dev.polyphony.streaming.RecordLimits;
import dev.polyphony.streaming.RecordType;
import dev.polyphony.streaming.StreamTopics;
import dev.polyphony.streaming.TopicScan;
import dev.polyphony.wire.StepRecord;
import dev.polyphony.wire.UnreadableRecordException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/**
 * One pass over a topic: which steps it holds, as which bytes, how often.
 *
 * @param <T> records of the topic
 * @param <F> what is kept of each whole step; a stream does not fit into memory
 */
final class TopicAudit<T extends StepRecord, F> {

    /**
     * A step as a reader takes it: the first whole set of its records.
     *
     * @param hashes SHA-256 of each record's value
     * @param facts what is kept
     */
    record Step<F>(List<String> hashes, F facts) {}

    private final String topic;
    private final RecordType<T> type;
    private final Consumer<T> check;
    private final Function<T, F> facts;
    private final Map<Long, List<T>> begun = new HashMap<>();
    private final Map<Long, List<String>> hashes = new HashMap<>();
    private final Map<Long, Step<F>> steps = new HashMap<>();
    private final int partitions;
    private long redelivered;
    private long unreadable;

    private TopicAudit(String topic, RecordType<T> type, Consumer<T> check, Function<T, F> facts, int partitions) {
        this.topic = topic;
        this.type = type;
        this.check = check;
        this.facts = facts;
        this.partitions = partitions;
    }

    /**
     * Reads all that is committed.
     *
     * @param check throws UnreadableRecordException for what a reader would not take
     * @throws BrokenLedgerException if a step is there twice with different bytes
     */
    static <T extends StepRecord, F> TopicAudit<T, F> of(
            KafkaClients clients, String topic, RecordType<T> type, Consumer<T> check, Function<T, F> facts) {
        int partitions = TopicScan.partitions(clients, topic);
        TopicAudit<T, F> audit = new TopicAudit<>(topic, type, check, facts, partitions);
        TopicScan.committed(clients, topic, RecordLimits.ANY, audit::add);
        return audit;
    }

    private void add(ConsumerRecord<byte[], byte[]> record) {
        T read;
        try {
            read = read(record);
        } catch (UnreadableRecordException stranger) {
            unreadable++;
            return;
        }
        String hash = Sha256.of(record.value());
        Step<F> known = steps.get(read.step());
        if (known == null) {
            addPart(read, hash);
        } else if (read.part() < known.hashes().size()
                && known.hashes().get(read.part()).equals(hash)) {
            redelivered++;
        } else {
            throw new BrokenLedgerException("step " + read.step() + " is twice in " + topic
                    + ", with different bytes; the second lies in partition " + record.partition() + " at offset "
                    + record.offset());
        }
    }

    private T read(ConsumerRecord<byte[], byte[]> record) {
        byte @Nullable [] value = record.value();
        if (value == null || record.key() == null) {
            throw new UnreadableRecordException("a record without a key or a value");
        }
        T read = type.decode().apply(value);
        check.accept(read);
        if (StreamTopics.partitionOf(read.step(), partitions) != record.partition()
                || !new String(record.key(), US_ASCII).equals(Long.toString(read.step()))) {
            throw new UnreadableRecordException("a record with another's key or in another's partition");
        }
        return read;
    }

    private void addPart(T read, String hash) {
        List<T> parts = begun.computeIfAbsent(read.step(), step -> new ArrayList<>());
        List<String> partHashes = hashes.computeIfAbsent(read.step(), step -> new ArrayList<>());
        if (read.part() == 0) {
            parts.clear();
            partHashes.clear();
        }
        if (read.part() != parts.size()) {
            return;
        }
        parts.add(read);
        partHashes.add(hash);
        if (parts.size() == read.parts()) {
            T whole = type.join().apply(List.copyOf(parts));
            steps.put(read.step(), new Step<>(List.copyOf(partHashes), facts.apply(whole)));
            begun.remove(read.step());
            hashes.remove(read.step());
        }
    }

    String topic() {
        return topic;
    }

    /** How many different steps are there. */
    long count() {
        return steps.size();
    }

    int partitions() {
        return partitions;
    }

    /**
     * A step.
     *
     * @throws BrokenLedgerException if it is not there
     */
    Step<F> step(long step) {
        Step<F> found = steps.get(step);
        if (found == null) {
            throw new BrokenLedgerException("step " + step + " is not in " + topic);
        }
        return found;
    }

    /** Records that came again with the same bytes; readers drop them. */
    long redelivered() {
        return redelivered;
    }

    /** Records that no reader takes. */
    long unreadable() {
        return unreadable;
    }
}
