package dev.polyphony.streaming.reader;

import dev.polyphony.streaming.KafkaClients;
import dev.polyphony.streaming.RecordLimits;
import dev.polyphony.streaming.StreamTopics;
import dev.polyphony.streaming.TopicScan;
import dev.polyphony.wire.StepRecord;
import dev.polyphony.wire.UnreadableRecordException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/** Looks through the rest of a partition for a step that is missing in its place. Costs reading all of that. */
final class LateRecords {

    private final KafkaClients clients;
    private final RecordLimits limits;

    LateRecords(KafkaClients clients, RecordLimits limits) {
        this.clients = clients;
        this.limits = limits;
    }

    <T extends StepRecord> @Nullable Received<T> find(
            TopicPartition partition, long step, long fromOffset, TopicLane<T> lane) {
        byte[] key = StreamTopics.key(step);
        List<Received<T>> parts = new ArrayList<>();
        try (Consumer<byte[], byte[]> consumer = clients.scanner(partition + ".late", limits)) {
            TopicScan.from(consumer, partition, fromOffset, record -> {
                if (Arrays.equals(record.key(), key)) {
                    take(record, step, lane, parts);
                }
            });
        }
        return parts.isEmpty() || parts.size() < parts.get(0).parts() ? null : lane.join(parts);
    }

    private static <T extends StepRecord> void take(
            ConsumerRecord<byte[], byte[]> record, long step, TopicLane<T> lane, List<Received<T>> parts) {
        try {
            Received<T> part = lane.read(record);
            if (part.step() == step && part.part() == parts.size()) {
                parts.add(part);
            }
        } catch (UnreadableRecordException alsoDamaged) {
            // The next one may be sound.
        }
    }
}
