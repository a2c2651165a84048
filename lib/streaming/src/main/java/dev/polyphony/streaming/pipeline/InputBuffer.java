package dev.polyphony.streaming.pipeline;

import dev.polyphony.streaming.LostRecordsException;
import dev.polyphony.streaming.RecordType;
import dev.polyphony.streaming.StreamProgress;
import dev.polyphony.streaming.pipeline.PartitionBuffer.Unit;
import dev.polyphony.wire.StepRecord;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/** The assigned partitions of the input topic: bounded buffers, always the smallest step first. One thread uses it. */
final class InputBuffer<I extends StepRecord> implements ConsumerRebalanceListener {

    /** The unit to process next, and where it lies. */
    record Head<I>(TopicPartition partition, Unit<I> unit) {}

    private final Consumer<byte[], byte[]> consumer;
    private final RecordType<I> type;
    private final String streamId;
    private final int capacity;
    private final Supplier<StreamProgress> output;
    private final PipelineMeters meters;
    private final Map<TopicPartition, PartitionBuffer<I>> buffers = new HashMap<>();

    /**
     * A buffer of whatever the consumer is assigned.
     *
     * @param capacity whole steps held per partition
     * @param output reads what the output topic holds, asked for whenever partitions are assigned
     */
    InputBuffer(
            Consumer<byte[], byte[]> consumer,
            RecordType<I> type,
            String streamId,
            int capacity,
            Supplier<StreamProgress> output,
            PipelineMeters meters) {
        this.output = output;
        this.meters = meters;
        this.consumer = consumer;
        this.type = type;
        this.streamId = streamId;
        this.capacity = capacity;
    }

    /** Fetches what there is room for. Must be called often, for the group membership, whether there is room or not. */
    void poll(Duration timeout) {
        holdFull();
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(timeout)) {
            PartitionBuffer<I> buffer = buffers.get(new TopicPartition(record.topic(), record.partition()));
            if (buffer != null) {
                meters.received.increment(Math.max(0, record.serializedValueSize()));
                long began = System.nanoTime();
                buffer.add(record);
                meters.decode.record(System.nanoTime() - began, TimeUnit.NANOSECONDS);
            }
        }
        meters.buffered.set((double)
                buffers.values().stream().mapToInt(PartitionBuffer::size).sum());
    }

    private void holdFull() {
        Set<TopicPartition> full = new HashSet<>();
        buffers.forEach((partition, buffer) -> {
            if (buffer.size() >= capacity) {
                full.add(partition);
            }
        });
        Set<TopicPartition> open = new HashSet<>(buffers.keySet());
        open.removeAll(full);
        consumer.pause(full);
        consumer.resume(open);
    }

    @Nullable
    Head<I> smallest() {
        Head<I> smallest = null;
        for (Map.Entry<TopicPartition, PartitionBuffer<I>> entry : buffers.entrySet()) {
            Unit<I> unit = entry.getValue().head();
            if (unit != null
                    && (smallest == null || unit.number() < smallest.unit().number())) {
                smallest = new Head<>(entry.getKey(), unit);
            }
        }
        return smallest;
    }

    void remove(Head<I> head) {
        PartitionBuffer<I> buffer = buffers.get(head.partition());
        if (buffer != null) {
            buffer.removeHead();
        }
    }

    /**
     * Whether nothing more need come to this replica, as far as it can tell by itself.
     *
     * @param steps of the stream
     * @param partitions of each of its topics
     */
    boolean mayBeOver(long steps, int partitions) {
        return buffers.entrySet().stream().allMatch(entry -> {
            long partition = entry.getKey().partition();
            long last = steps - 1;
            return entry.getValue().mayBeOver(last - Math.floorMod(last - partition, (long) partitions));
        });
    }

    /** Records of the assigned partitions that have not been fetched. */
    long lag() {
        long lag = 0;
        for (TopicPartition partition : buffers.keySet()) {
            OptionalLong behind = consumer.currentLag(partition);
            lag += behind.orElse(0);
        }
        return lag;
    }

    /** Forgets everything fetched and begins again where the last committed transaction ended. */
    void rewind() {
        onPartitionsAssigned(Set.copyOf(consumer.assignment()));
    }

    @Override
    public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
        partitions.forEach(buffers::remove);
    }

    @Override
    public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
        Map<TopicPartition, OffsetAndMetadata> committed = consumer.committed(Set.copyOf(partitions));
        Map<TopicPartition, Long> first = consumer.beginningOffsets(partitions);
        // After the committed offsets: what they cover is in the output by now. Offsets of a group that rested for a
        // week are forgotten; what the output holds is not.
        StreamProgress done = partitions.isEmpty() ? null : output.get();
        for (TopicPartition partition : partitions) {
            OffsetAndMetadata position = committed.get(partition);
            long wanted = position == null ? 0 : position.offset();
            long there = first.getOrDefault(partition, 0L);
            if (there > wanted) {
                throw new LostRecordsException(partition + " begins at offset " + there
                        + ", but the service's next record is "
                        + "at offset " + wanted + ": the topic's retention removed records that were still needed. "
                        + "Record the stream again, with unlimited retention.");
            }
            consumer.seek(partition, wanted);
            long newest = done == null ? -1 : done.highest(partition.partition());
            buffers.put(partition, new PartitionBuffer<>(type, streamId, newest));
        }
    }
}
