package dev.polyphony.launcher.recorded;

import dev.polyphony.streaming.StreamTopics;
import dev.polyphony.streaming.reader.StreamPosition;
import dev.polyphony.wire.StepRecord;
import java.time.Duration;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;

/** One pass over the partitions of a topic, for the records of some steps. */
final class StepScan<T extends StepRecord> {

    private static final Duration POLL = Duration.ofMillis(200);
    private static final long PATIENCE_NANOS = Duration.ofSeconds(30).toNanos();

    private final Consumer<byte[], byte[]> consumer;
    private final String topic;
    private final StepRange range;
    private final Function<byte[], T> decode;
    private final SortedMap<Long, SortedMap<Integer, T>> found = new TreeMap<>();

    StepScan(Consumer<byte[], byte[]> consumer, String topic, StepRange range, Function<byte[], T> decode) {
        this.consumer = consumer;
        this.topic = topic;
        this.range = range;
        this.decode = decode;
    }

    /** The parts of every step by number; a record that came twice counts once. */
    SortedMap<Long, SortedMap<Integer, T>> read() {
        List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                .map(info -> new TopicPartition(topic, info.partition()))
                .toList();
        consumer.assign(partitions);
        StreamPosition from = StreamPosition.before(range.first(), partitions.size());
        partitions.forEach(
                partition -> consumer.seek(partition, from.minibatches().get(partition.partition())));
        long heard = System.nanoTime();
        long whole = 0;
        while (whole < range.count()) {
            ConsumerRecords<byte[], byte[]> records = consumer.poll(POLL);
            for (ConsumerRecord<byte[], byte[]> record : records) {
                whole += add(record) ? 1 : 0;
            }
            if (!records.isEmpty()) {
                heard = System.nanoTime();
            } else if (System.nanoTime() - heard > PATIENCE_NANOS) {
                throw new IllegalStateException(
                        topic + " ends before all of steps " + range + ": " + whole + " of " + range.count() + " came");
            }
        }
        return found;
    }

    /** Whether the record made its step whole. */
    private boolean add(ConsumerRecord<byte[], byte[]> record) {
        long step = StreamTopics.step(record.key());
        if (step > range.last()) {
            // The partition is in order: nothing that is wanted comes after this.
            consumer.pause(List.of(new TopicPartition(topic, record.partition())));
            return false;
        }
        if (step < range.first()) {
            return false;
        }
        T part = decode.apply(record.value());
        SortedMap<Integer, T> parts = found.computeIfAbsent(step, unseen -> new TreeMap<>());
        return parts.put(part.part(), part) == null && parts.size() == part.parts();
    }
}
