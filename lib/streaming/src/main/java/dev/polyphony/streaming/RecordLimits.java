package dev.polyphony.streaming;

import dev.polyphony.experiment.StreamPart.Precision;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.TopicConfig;

/**
 * Every size limit of Kafka that a stream needs, derived from its recipe in this one place. A step larger than
 * {@link #LARGEST_RECORD_BYTES} travels in several records.
 *
 * @param recordBytes a record's value takes at most this much
 */
public record RecordLimits(int recordBytes) {

    /** Larger records would need other broker settings than Kafka's usual ones. */
    public static final int LARGEST_RECORD_BYTES = 8 << 20;

    /** Fits the records of every stream, for those who read a stream without its recipe. */
    public static final RecordLimits ANY = new RecordLimits(LARGEST_RECORD_BYTES);

    private static final int FIELDS_BYTES = 1024;
    private static final int SMALLEST_MESSAGE_BYTES = 1 << 20;
    // Batch header, key, headers of a dead letter with its reason.
    private static final int ENVELOPE_BYTES = 64 << 10;
    private static final int POLL_BYTES = 8 << 20;
    private static final int PRODUCER_MEMORY_BYTES = 64 << 20;

    public RecordLimits {
        if (recordBytes <= FIELDS_BYTES || recordBytes > LARGEST_RECORD_BYTES) {
            throw new IllegalArgumentException("records must be larger than " + FIELDS_BYTES + " bytes and at most "
                    + LARGEST_RECORD_BYTES + ", not " + recordBytes);
        }
    }

    /**
     * The limits of a stream.
     *
     * @param batchSize images per minibatch, B
     * @param pixels bytes of one image, C*H*W
     * @param precision of the perturbation
     * @param ensembleSize members, M
     * @param classes K
     */
    public static RecordLimits of(int batchSize, int pixels, Precision precision, int ensembleSize, int classes) {
        int perPixel = 1 + (precision == Precision.FLOAT16 ? 2 : 4);
        // Per image: pixels and perturbation, label, index.
        long minibatch = (long) batchSize * ((long) pixels * perPixel + 8) + FIELDS_BYTES;
        long logits = 4L * ensembleSize * batchSize * classes + FIELDS_BYTES;
        return new RecordLimits(
                (int) Math.min(LARGEST_RECORD_BYTES, Math.max(Math.max(minibatch, logits), 2L * FIELDS_BYTES)));
    }

    /** Limit of a batch of records, for the topic and the producer; at least Kafka's usual 1 MiB. */
    public int messageBytes() {
        return Math.max(SMALLEST_MESSAGE_BYTES, recordBytes + ENVELOPE_BYTES);
    }

    Map<String, String> topic() {
        return Map.of(TopicConfig.MAX_MESSAGE_BYTES_CONFIG, Integer.toString(messageBytes()));
    }

    Map<String, Object> producer() {
        return Map.of(
                ProducerConfig.MAX_REQUEST_SIZE_CONFIG, messageBytes(), ProducerConfig.BUFFER_MEMORY_CONFIG, (long)
                        Math.max(PRODUCER_MEMORY_BYTES, 8 * messageBytes()));
    }

    Map<String, Object> consumer() {
        return Map.of(
                ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG,
                messageBytes(),
                ConsumerConfig.FETCH_MAX_BYTES_CONFIG,
                Math.max(POLL_BYTES, messageBytes()),
                ConsumerConfig.MAX_POLL_RECORDS_CONFIG,
                Math.min(64, Math.max(1, POLL_BYTES / messageBytes())));
    }
}
