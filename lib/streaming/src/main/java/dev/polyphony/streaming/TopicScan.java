package dev.polyphony.streaming;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** Reads what is committed in a topic, from a place to its present end. */
public final class TopicScan {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration POLL = Duration.ofMillis(200);

    private static final RecordLimits SMALL = new RecordLimits(1 << 16);

    private TopicScan() {}

    /** What is done with each record. */
    @FunctionalInterface
    public interface Visitor {
        void visit(ConsumerRecord<byte[], byte[]> record);
    }

    /** Every committed record, one partition after the other, in order; none if the topic does not exist. */
    public static void committed(KafkaClients clients, String topic, RecordLimits limits, Visitor visitor) {
        try (Consumer<byte[], byte[]> consumer = clients.scanner(topic + ".scan", limits)) {
            for (TopicPartition partition : partitions(consumer, topic)) {
                long begin = consumer.beginningOffsets(List.of(partition)).getOrDefault(partition, 0L);
                from(consumer, partition, begin, visitor);
            }
        }
    }

    /** Every committed record of a partition from an offset on. */
    public static void from(Consumer<byte[], byte[]> consumer, TopicPartition partition, long offset, Visitor visitor) {
        List<TopicPartition> one = List.of(partition);
        long end = consumer.endOffsets(one).getOrDefault(partition, 0L);
        consumer.assign(one);
        consumer.seek(partition, offset);
        long heard = System.nanoTime();
        while (consumer.position(partition) < end) {
            long before = consumer.position(partition);
            consumer.poll(POLL).forEach(visitor::visit);
            if (consumer.position(partition) > before) {
                heard = System.nanoTime();
            } else if (System.nanoTime() - heard > PATIENCE.toNanos()) {
                throw new TimeoutException("no answer from " + partition + " for " + PATIENCE.toSeconds() + " s");
            }
        }
    }

    /** How many partitions a topic has, 0 if it does not exist. */
    public static int partitions(KafkaClients clients, String topic) {
        try (Consumer<byte[], byte[]> consumer = clients.scanner(topic + ".scan", SMALL)) {
            return partitions(consumer, topic).size();
        }
    }

    /** The partitions of a topic by number, none if it does not exist. */
    public static List<TopicPartition> partitions(Consumer<byte[], byte[]> consumer, String topic) {
        try {
            List<TopicPartition> partitions = new ArrayList<>();
            consumer.partitionsFor(topic).forEach(info -> partitions.add(new TopicPartition(topic, info.partition())));
            partitions.sort(Comparator.comparingInt(TopicPartition::partition));
            return List.copyOf(partitions);
        } catch (UnknownTopicOrPartitionException e) {
            return List.of();
        }
    }
}
