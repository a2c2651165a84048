package dev.polyphony.streaming.pipeline;

import dev.polyphony.streaming.RecordType;
import dev.polyphony.wire.StepRecord;
import dev.polyphony.wire.UnreadableRecordException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/** What was fetched of one partition and not processed: whole steps, and records that cannot be read, in their order. */
final class PartitionBuffer<I extends StepRecord> {

    /** One step, or records for the dead-letter topic when the step is null. */
    record Unit<I>(@Nullable I step, List<ConsumerRecord<byte[], byte[]>> records, String reason) {
        long number() {
            // Unreadable records go first: they only have to be moved out of the way.
            return step instanceof StepRecord record ? record.step() : -1;
        }

        long nextOffset() {
            return records.get(records.size() - 1).offset() + 1;
        }
    }

    private final RecordType<I> type;
    private final String streamId;
    private final ArrayDeque<Unit<I>> units = new ArrayDeque<>();
    private final List<I> parts = new ArrayList<>();
    private final List<ConsumerRecord<byte[], byte[]>> partRecords = new ArrayList<>();

    PartitionBuffer(RecordType<I> type, String streamId) {
        this.type = type;
        this.streamId = streamId;
    }

    void add(ConsumerRecord<byte[], byte[]> raw) {
        I record;
        try {
            record = read(raw);
        } catch (UnreadableRecordException unreadable) {
            dropParts("a part of the same step cannot be read");
            units.add(new Unit<>(null, List.of(raw), String.valueOf(unreadable.getMessage())));
            return;
        }
        if (!parts.isEmpty() && !continues(record)) {
            dropParts("the other parts of the step are missing");
        }
        if (record.part() != parts.size()) {
            units.add(new Unit<>(
                    null, List.of(raw), "part " + parts.size() + " of step " + record.step() + " is missing"));
            return;
        }
        parts.add(record);
        partRecords.add(raw);
        if (parts.size() == record.parts()) {
            join();
        }
    }

    private I read(ConsumerRecord<byte[], byte[]> raw) {
        byte[] value = raw.value();
        if (value == null) {
            throw new UnreadableRecordException("a record without a value");
        }
        I record = type.decode().apply(value);
        if (!record.streamId().equals(streamId)) {
            throw new UnreadableRecordException(
                    "a record of stream " + record.streamId() + " in a topic of stream " + streamId);
        }
        return record;
    }

    private boolean continues(I record) {
        I first = parts.get(0);
        return record.step() == first.step() && record.parts() == first.parts() && record.part() == parts.size();
    }

    private void join() {
        List<ConsumerRecord<byte[], byte[]>> records = List.copyOf(partRecords);
        try {
            units.add(new Unit<>(type.join().apply(List.copyOf(parts)), records, ""));
        } catch (IllegalArgumentException unfit) {
            units.add(new Unit<>(null, records, String.valueOf(unfit.getMessage())));
        }
        parts.clear();
        partRecords.clear();
    }

    private void dropParts(String reason) {
        if (!parts.isEmpty()) {
            units.add(new Unit<>(null, List.copyOf(partRecords), reason));
            parts.clear();
            partRecords.clear();
        }
    }

    @Nullable
    Unit<I> head() {
        return units.peek();
    }

    void removeHead() {
        units.remove();
    }

    int size() {
        return units.size();
    }
}
