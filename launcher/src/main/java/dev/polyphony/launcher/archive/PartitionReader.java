package dev.polyphony.launcher.archive;

import dev.polyphony.experiment.Sha256;
import dev.polyphony.launcher.LauncherMistake;
import dev.polyphony.streaming.KafkaClients;
import dev.polyphony.streaming.RecordLimits;
import dev.polyphony.streaming.TopicScan;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.function.LongConsumer;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/** Reads whole partitions of a stream, committed records alone, as the bytes of an archive's files. */
final class PartitionReader implements AutoCloseable {

    private final Consumer<byte[], byte[]> consumer;

    PartitionReader(KafkaClients clients) {
        this.consumer = clients.scanner("archive", RecordLimits.ANY);
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
        long begin = consumer.beginningOffsets(one).getOrDefault(partition, 0L);
        if (begin > 0) {
            throw new LauncherMistake(partition + " begins at offset " + begin
                    + ": retention has removed records of the stream, so that it cannot be archived whole");
        }
        DigestOutputStream digest = new DigestOutputStream(out, Sha256.begin());
        Tally tally = new Tally(digest, written);
        try {
            TopicScan.from(consumer, partition, begin, tally::add);
        } catch (UncheckedIOException failure) {
            throw failure.getCause();
        }
        tally.writer.flush();
        return tally.file(topic, partition.partition(), digest.getMessageDigest());
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

        void add(ConsumerRecord<byte[], byte[]> record) {
            byte[] value = record.value();
            try {
                writer.write(new RecordFile.Entry(
                        record.timestamp(),
                        record.key(),
                        value,
                        List.of(record.headers().toArray())));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
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
