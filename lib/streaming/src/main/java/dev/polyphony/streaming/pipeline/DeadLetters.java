package dev.polyphony.streaming.pipeline;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.polyphony.streaming.StreamTopics;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Records that cannot be read: moved unchanged to the dead-letter topic, with headers that say why and where from. */
public final class DeadLetters {
    public static final String REASON = "polyphony.reason";
    public static final String TOPIC = "polyphony.topic";
    public static final String PARTITION = "polyphony.partition";
    public static final String OFFSET = "polyphony.offset";

    private DeadLetters() {}

    static ProducerRecord<byte[], byte[]> of(ConsumerRecord<byte[], byte[]> record, String reason) {
        ProducerRecord<byte[], byte[]> letter = new ProducerRecord<>(
                StreamTopics.deadLetter(record.topic()), null, record.key(), record.value(), record.headers());
        letter.headers()
                .add(REASON, reason.getBytes(UTF_8))
                .add(TOPIC, record.topic().getBytes(UTF_8))
                .add(PARTITION, Integer.toString(record.partition()).getBytes(UTF_8))
                .add(OFFSET, Long.toString(record.offset()).getBytes(UTF_8));
        return letter;
    }
}
