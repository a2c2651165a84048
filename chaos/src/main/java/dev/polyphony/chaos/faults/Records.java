package dev.polyphony.chaos.faults;

import dev.polyphony.chaos.stream.ChaosException;
import dev.polyphony.chaos.stream.LiveStream;
import dev.polyphony.chaos.stream.Sighting;
import dev.polyphony.chaos.stream.TopicSight;
import dev.polyphony.chaos.stream.Waiting;
import dev.polyphony.streaming.KafkaClients;
import dev.polyphony.streaming.StreamTopics;
import dev.polyphony.streaming.pipeline.DeadLetters;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;

/** Looks for records in the log. */
final class Records {

    private static final Duration THERE = Duration.ofSeconds(60);
    private static final Duration POLL = Duration.ofMillis(200);

    private Records() {}

    /** The newest step of a partition. */
    static Sighting latest(LiveStream live, TopicSight sight, int partition) {
        live.await(
                "partition " + partition + " of " + sight.topic() + " has a step",
                THERE,
                () -> sight.latest(partition) != null);
        Sighting latest = sight.latest(partition);
        if (latest == null) {
            throw new ChaosException("a step has vanished");
        }
        return latest;
    }

    /**
     * Waits until a record is in the dead-letter topic, unchanged.
     *
     * @return the reason it was given
     */
    static String deadLetter(LiveStream live, String topic, byte[] value) {
        String letters = StreamTopics.deadLetter(topic);
        TopicPartition only = new TopicPartition(letters, 0);
        String[] reason = new String[1];
        try (Consumer<byte[], byte[]> consumer = KafkaClients.of(live.cluster().directServers())
                .consumer("chaos-dead-letters", live.stream().limits(), Map.of())) {
            consumer.assign(List.of(only));
            consumer.seekToBeginning(List.of(only));
            Waiting.until("the record is in " + letters, THERE, () -> {
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                    if (Arrays.equals(record.value(), value)) {
                        reason[0] = reason(record);
                        return true;
                    }
                }
                return false;
            });
        }
        return reason[0];
    }

    private static String reason(ConsumerRecord<byte[], byte[]> record) {
        Header header = record.headers().lastHeader(DeadLetters.REASON);
        return header == null ? "no reason" : new String(header.value(), StandardCharsets.UTF_8);
    }
}
