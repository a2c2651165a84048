package dev.polyphony.streaming.pipeline;

import dev.polyphony.streaming.RecordType;
import dev.polyphony.streaming.letters.DeadLetterTopic;
import dev.polyphony.wire.StepRecord;
import dev.polyphony.wire.UnreadableRecordException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/**
 * What was fetched of one partition and not processed, in its order: whole steps, records that cannot be read, and
 * records of steps that the output holds already.
 */
final class PartitionBuffer<I extends StepRecord> {

    /** What is to be done with records. */
    enum Kind {
        STEP,
        DEAD_LETTER,
        DUPLICATE
    }

    /** One step, or records that are none when the step is null. */
    record Unit<I>(Kind kind, @Nullable I step, List<ConsumerRecord<byte[], byte[]>> records, String reason) {
        long number() {
            // Others go first: they only have to be moved out of the way.
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
    private long newest;
    private boolean damaged;

    /**
     * A buffer with nothing in it.
     *
     * @param newest the highest step that the output of this partition holds; a step up to it is passed over, unless
     *     it was written again to fill a hole
     */
    PartitionBuffer(RecordType<I> type, String streamId, long newest) {
        this.type = type;
        this.streamId = streamId;
        this.newest = newest;
    }

    void add(ConsumerRecord<byte[], byte[]> raw) {
        I record;
        try {
            record = read(raw);
        } catch (UnreadableRecordException unreadable) {
            dropParts("a part of the same step cannot be read");
            putAside(List.of(raw), String.valueOf(unreadable.getMessage()));
            return;
        }
        if (record.step() <= newest && raw.headers().lastHeader(DeadLetterTopic.REPUBLISHED) == null) {
            dropParts("the other parts of the step are missing");
            units.add(new Unit<>(Kind.DUPLICATE, null, List.of(raw), ""));
            return;
        }
        if (!parts.isEmpty() && !continues(record)) {
            dropParts("the other parts of the step are missing");
        }
        if (record.part() != parts.size()) {
            putAside(List.of(raw), "part " + parts.size() + " of step " + record.step() + " is missing");
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
            I step = type.join().apply(List.copyOf(parts));
            units.add(new Unit<>(Kind.STEP, step, records, ""));
            newest = Math.max(newest, step.step());
        } catch (IllegalArgumentException unfit) {
            putAside(records, String.valueOf(unfit.getMessage()));
        }
        parts.clear();
        partRecords.clear();
    }

    private void dropParts(String reason) {
        if (!parts.isEmpty()) {
            putAside(List.copyOf(partRecords), reason);
            parts.clear();
            partRecords.clear();
        }
    }

    private void putAside(List<ConsumerRecord<byte[], byte[]>> records, String reason) {
        damaged = true;
        units.add(new Unit<>(Kind.DEAD_LETTER, null, records, reason));
    }

    @Nullable
    Unit<I> head() {
        return units.peek();
    }

    void removeHead() {
        units.remove();
    }

    /** Whether nothing more need come, as far as can be told: the last step was here, or could not be read, perhaps. */
    boolean mayBeOver(long lastStep) {
        return newest >= lastStep || damaged;
    }

    int size() {
        return units.size();
    }
}
