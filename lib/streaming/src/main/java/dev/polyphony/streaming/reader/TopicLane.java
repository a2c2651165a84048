package dev.polyphony.streaming.reader;

import dev.polyphony.streaming.LostRecordsException;
import dev.polyphony.streaming.RecordType;
import dev.polyphony.streaming.order.StepOrder;
import dev.polyphony.wire.StepRecord;
import dev.polyphony.wire.UnreadableRecordException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.Lock;
import java.util.function.UnaryOperator;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/** One of the two topics a reader merges: its partitions, its order, its checks. */
final class TopicLane<T extends StepRecord> {

    private final String topic;
    private final RecordType<T> type;
    private final UnaryOperator<T> check;
    private final List<Long> start;
    private final UnreadableRecords unreadable;
    final StepOrder<Received<T>> order;

    TopicLane(
            String topic,
            RecordType<T> type,
            UnaryOperator<T> check,
            List<Long> offsets,
            long nextStep,
            int capacity,
            LateRecords late,
            UnreadableRecords unreadable) {
        this.topic = topic;
        this.type = type;
        this.check = check;
        this.start = offsets;
        this.unreadable = unreadable;
        this.order = new StepOrder<>(
                topic,
                offsets,
                nextStep,
                capacity,
                this::join,
                (step, partition, fromOffset) ->
                        late.find(new TopicPartition(topic, partition), step, fromOffset, this));
    }

    List<TopicPartition> partitions() {
        List<TopicPartition> partitions = new ArrayList<>();
        for (int partition = 0; partition < start.size(); partition++) {
            partitions.add(new TopicPartition(topic, partition));
        }
        return partitions;
    }

    /** Puts the consumer at the wanted offsets, if they are still there. */
    void seek(Consumer<byte[], byte[]> consumer) {
        int found = consumer.partitionsFor(topic).size();
        if (found != start.size()) {
            throw new LostRecordsException(topic + " has " + found + " partitions, the position has " + start.size()
                    + ": the topic was created anew, or the position belongs to another cluster.");
        }
        Map<TopicPartition, Long> first = consumer.beginningOffsets(partitions());
        Map<TopicPartition, Long> end = consumer.endOffsets(partitions());
        for (TopicPartition partition : partitions()) {
            long wanted = start.get(partition.partition());
            long begins = first.getOrDefault(partition, 0L);
            long ends = end.getOrDefault(partition, 0L);
            if (wanted < begins) {
                throw new LostRecordsException(partition + " begins at offset " + begins + ", but offset " + wanted
                        + " is needed: the topic's retention removed records that were still needed. "
                        + "Record the stream again, with unlimited retention.");
            }
            if (wanted > ends) {
                throw new LostRecordsException(partition + " ends at offset " + ends + ", but offset " + wanted
                        + " is needed: the topic was created anew, or the position belongs to another cluster.");
            }
            consumer.seek(partition, wanted);
        }
    }

    boolean holds(ConsumerRecord<byte[], byte[]> record) {
        return record.topic().equals(topic);
    }

    /** Takes in a record; decodes and hashes it before it takes the lock. */
    void add(ConsumerRecord<byte[], byte[]> record, Lock lock) {
        try {
            Received<T> received = read(record);
            lock.lock();
            try {
                order.add(record.partition(), record.offset(), received);
            } finally {
                lock.unlock();
            }
        } catch (UnreadableRecordException reason) {
            // Somebody else's record does no harm. If it stood for a step, the step will be found missing.
            unreadable.put(record, String.valueOf(reason.getMessage()));
        }
    }

    /**
     * What a record says.
     *
     * @throws UnreadableRecordException if it says nothing that belongs here
     */
    Received<T> read(ConsumerRecord<byte[], byte[]> record) {
        byte[] value = record.value();
        if (value == null) {
            throw new UnreadableRecordException("a record without a value");
        }
        return Received.of(check.apply(type.decode().apply(value)), value);
    }

    /**
     * One step out of its parts.
     *
     * @throws UnreadableRecordException if they do not belong together
     */
    Received<T> join(List<Received<T>> parts) {
        try {
            return Received.join(parts, type.join());
        } catch (IllegalArgumentException unfit) {
            throw new UnreadableRecordException(String.valueOf(unfit.getMessage()), unfit);
        }
    }

    /** Sorts the partitions into those that may be fetched and those that hold enough. */
    void sort(List<TopicPartition> open, List<TopicPartition> full) {
        for (TopicPartition partition : partitions()) {
            (order.isFull(partition.partition()) ? full : open).add(partition);
        }
    }
}
