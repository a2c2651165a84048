package dev.polyphony.launcher.archive;

import dev.polyphony.launcher.LauncherMistake;
import dev.polyphony.streaming.KafkaClients;
import dev.polyphony.streaming.RecordLimits;
import java.io.IOException;
import java.io.OutputStream;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.function.LongConsumer;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;

/** Reads whole partitions of a stream, committed records alone, as the bytes of an archive's files. */
final class PartitionReader implements AutoCloseable {

    private static final RecordLimits ANY = new RecordLimits(RecordLimits.LARGEST_RECORD_BYTES);
    private static final Duration POLL = Duration.ofMillis(500);
    private static final long PATIENCE_NANOS = Duration.ofSeconds(60).toNanos();

    private final Consumer<byte[], byte[]> consumer;

    PartitionReader(KafkaClients clients) {
        this.consumer = clients.consumer("archive", ANY, Map.of());
    }

    /**
     * Writes a partition, in bounded memory.
     *
     * @param topic its short name
     * @param out where to; flushed, not closed
     * @param written told how many bytes have been written so far
     * @throws LauncherMistake if records at its beginning are gone
     */
    ArchivedFile write(TopicPartition partition, String topic, OutputStream out, LongConsumer written)
            throws IOException {
        List<TopicPartition> one = List.of(partition);
        consumer.assign(one);
        long begin = consumer.beginningOffsets(one).getOrDefault(partition, 0L);
        long end = consumer.endOffsets(one).getOrDefault(partition, 0L);
        if (begin > 0) {
            throw new LauncherMistake(partition + " begins at offset " + begin
                    + ": retention has removed records of the stream, so that it cannot be archived whole");
        }
        consumer.seek(partition, begin);
        DigestOutputStream digest = new DigestOutputStream(out, sha256());
        Tally tally = new Tally(digest, written);
        long heard = System.nanoTime();
        while (consumer.position(partition) < end) {
            ConsumerRecords<byte[], byte[]> records = consumer.poll(POLL);
            for (ConsumerRecord<byte[], byte[]> record : records) {
                tally.add(record);
            }
            if (!records.isEmpty()) {
                heard = System.nanoTime();
            } else if (System.nanoTime() - heard > PATIENCE_NANOS) {
                throw new IllegalStateException(partition + " gave nothing for a minute before its offset " + end);
            }
        }
        tally.writer.flush();
        return tally.file(topic, partition.partition(), digest.getMessageDigest());
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    @Override
    public void close() {
        consumer.close();
    }

    /** What goes into the manifest. */
    private static final class Tally {

        final RecordFile.Writer writer;
        private final Counting counting;
        private final LongConsumer written;
        private long records;
        private int largestValue;
        private long first = -1;
        private long last = -1;

        Tally(OutputStream out, LongConsumer written) throws IOException {
            this.counting = new Counting(out);
            this.writer = new RecordFile.Writer(counting);
            this.written = written;
        }

        void add(ConsumerRecord<byte[], byte[]> record) throws IOException {
            byte[] value = record.value();
            writer.write(new RecordFile.Entry(
                    record.timestamp(),
                    record.key(),
                    value,
                    List.of(record.headers().toArray())));
            records++;
            largestValue = Math.max(largestValue, value == null ? 0 : value.length);
            first = first < 0 ? record.offset() : first;
            last = record.offset();
            written.accept(counting.bytes);
        }

        ArchivedFile file(String topic, int partition, MessageDigest digest) {
            return new ArchivedFile(
                    topic,
                    partition,
                    records,
                    largestValue,
                    first,
                    last,
                    counting.bytes,
                    HexFormat.of().formatHex(digest.digest()));
        }
    }

    private static final class Counting extends OutputStream {

        private final OutputStream out;
        private long bytes;

        Counting(OutputStream out) {
            this.out = out;
        }

        @Override
        public void write(int one) throws IOException {
            out.write(one);
            bytes++;
        }

        @Override
        public void write(byte[] content, int from, int length) throws IOException {
            out.write(content, from, length);
            bytes += length;
        }

        @Override
        public void flush() throws IOException {
            out.flush();
        }
    }
}
