package dev.polyphony.launcher.deadletters;

import dev.polyphony.streaming.KafkaClients;
import dev.polyphony.streaming.RecordLimits;
import dev.polyphony.streaming.RecordType;
import dev.polyphony.streaming.TopicScan;
import dev.polyphony.streaming.letters.DeadLetter;
import dev.polyphony.streaming.letters.DeadLetter.Origin;
import dev.polyphony.wire.StepRecord;
import dev.polyphony.wire.UnreadableRecordException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/** Which steps of a topic can be read, besides its dead letters. */
final class TopicContent<T extends StepRecord> {

    private final KafkaClients clients;
    private final String topic;
    private final RecordType<T> type;
    private final String streamId;
    private final Map<Long, Set<Integer>> parts = new HashMap<>();
    private final Set<Long> whole = new HashSet<>();

    /** Of a topic; nothing is read yet. */
    TopicContent(KafkaClients clients, String topic, RecordType<T> type, String streamId) {
        this.clients = clients;
        this.topic = topic;
        this.type = type;
        this.streamId = streamId;
    }

    /** Reads the whole topic, for {@link #holds}. */
    TopicContent<T> readBesides(List<DeadLetter> letters) {
        Set<Origin> dead = letters.stream().map(DeadLetter::origin).collect(Collectors.toSet());
        TopicScan.committed(clients, topic, RecordLimits.ANY, record -> {
            if (!dead.contains(new Origin(topic, record.partition(), record.offset()))) {
                read(record.value()).ifPresent(this::add);
            }
        });
        return this;
    }

    private void add(T record) {
        Set<Integer> seen = parts.computeIfAbsent(record.step(), step -> new HashSet<>());
        seen.add(record.part());
        if (seen.size() == record.parts()) {
            whole.add(record.step());
        }
    }

    boolean holds(long step) {
        return whole.contains(step);
    }

    /** What bytes say, empty if they say nothing that belongs into the topic. */
    Optional<T> read(byte @Nullable [] value) {
        if (value == null) {
            return Optional.empty();
        }
        try {
            T record = type.decode().apply(value);
            return record.streamId().equals(streamId) ? Optional.of(record) : Optional.empty();
        } catch (UnreadableRecordException damaged) {
            return Optional.empty();
        }
    }

    /** The records of a step, in the order of its parts. */
    List<byte[]> records(long step, byte[] key) {
        Map<Integer, byte[]> found = new HashMap<>();
        TopicScan.committed(clients, topic, RecordLimits.ANY, record -> {
            if (Arrays.equals(record.key(), key)) {
                part(record, step).ifPresent(part -> found.putIfAbsent(part, record.value()));
            }
        });
        return found.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(Map.Entry::getValue)
                .toList();
    }

    private Optional<Integer> part(ConsumerRecord<byte[], byte[]> record, long step) {
        return read(record.value()).filter(read -> read.step() == step).map(StepRecord::part);
    }
}
