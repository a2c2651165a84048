package dev.polyphony.streaming.letters;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.polyphony.streaming.RecordLimits;
import dev.polyphony.streaming.StreamTopics;
import java.time.Instant;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/**
 * A record that could not be read, as it lies in the dead-letter topic: unchanged, with headers that say why and where
 * from. Only a value too large for any record of the stream is left where it was.
 *
 * @param origin where the record lies in its own topic
 * @param reason one sentence
 * @param letter as it lies in the dead-letter topic
 */
public record DeadLetter(Origin origin, String reason, ConsumerRecord<byte[], byte[]> letter) {

    /** Header: why the record could not be read. */
    public static final String REASON = "polyphony.reason";

    /** Headers: where the record lies. */
    public static final String TOPIC = "polyphony.topic";

    public static final String PARTITION = "polyphony.partition";
    public static final String OFFSET = "polyphony.offset";

    /**
     * Where a record lies.
     *
     * @param topic its topic
     * @param partition of the topic
     * @param offset in the partition
     */
    public record Origin(String topic, int partition, long offset) {
        @Override
        public String toString() {
            return topic + " partition " + partition + " offset " + offset;
        }
    }

    /** What is to be written to the dead-letter topic for a record. */
    public static ProducerRecord<byte[], byte[]> of(
            ConsumerRecord<byte[], byte[]> record, String reason, RecordLimits limits) {
        byte[] value = record.value();
        boolean fits = value == null || value.length <= limits.recordBytes();
        ProducerRecord<byte[], byte[]> letter = new ProducerRecord<>(
                StreamTopics.deadLetter(record.topic()), null, record.key(), fits ? value : null, record.headers());
        String why = fits ? reason : reason + " (" + value.length + " bytes, left in its topic)";
        letter.headers().add(REASON, why.getBytes(UTF_8));
        address(letter, new Origin(record.topic(), record.partition(), record.offset()));
        return letter;
    }

    static void address(ProducerRecord<byte[], byte[]> letter, Origin origin) {
        letter.headers()
                .add(TOPIC, origin.topic().getBytes(UTF_8))
                .add(PARTITION, Integer.toString(origin.partition()).getBytes(UTF_8))
                .add(OFFSET, Long.toString(origin.offset()).getBytes(UTF_8));
    }

    /** The letter that a record of a dead-letter topic is, empty if somebody else wrote it. */
    static Optional<DeadLetter> read(ConsumerRecord<byte[], byte[]> record) {
        try {
            Origin origin = new Origin(
                    header(record, TOPIC),
                    Integer.parseInt(header(record, PARTITION)),
                    Long.parseLong(header(record, OFFSET)));
            return Optional.of(new DeadLetter(origin, header(record, REASON), record));
        } catch (NumberFormatException strange) {
            return Optional.empty();
        }
    }

    /** The record's key as it was. */
    public byte @Nullable [] key() {
        return letter.key();
    }

    /** The record's value as it was; null if it had none, or is too large. */
    public byte @Nullable [] value() {
        return letter.value();
    }

    /** When it was put aside. */
    public Instant at() {
        return Instant.ofEpochMilli(letter.timestamp());
    }

    private static String header(ConsumerRecord<byte[], byte[]> record, String name) {
        Header header = record.headers().lastHeader(name);
        return header == null ? "" : new String(header.value(), UTF_8);
    }
}
