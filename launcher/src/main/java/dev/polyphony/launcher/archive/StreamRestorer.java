package dev.polyphony.launcher.archive;

import dev.polyphony.datasets.DownloadProgress;
import dev.polyphony.launcher.LauncherMistake;
import dev.polyphony.launcher.recorded.TopicAdmin;
import dev.polyphony.streaming.KafkaClients;
import dev.polyphony.streaming.RecordLimits;
import dev.polyphony.streaming.StreamTopics;
import dev.polyphony.streaming.TopicSetup;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * Brings an archived stream back onto a broker. While that goes on, a topic of its own says so, and no service works on
 * the stream; what an interrupted restoring left is deleted by the next one.
 */
final class StreamRestorer {

    private static final int BUFFER_BYTES = 1 << 20;
    private static final int TRANSACTION_BYTES = 16 << 20;
    private static final int TRANSACTION_RECORDS = 256;

    private final KafkaClients clients;
    private final Path archive;
    private final Manifest manifest;
    private final StreamTopics stream;
    private final short replicationFactor;
    private final DownloadProgress progress;
    private final Consumer<String> say;

    /**
     * Of an archive whose files have been verified.
     *
     * @param replicationFactor copies of each record
     * @param say told what is found on the broker
     */
    StreamRestorer(
            KafkaClients clients,
            Path archive,
            Manifest manifest,
            short replicationFactor,
            DownloadProgress progress,
            Consumer<String> say) {
        this.clients = clients;
        this.archive = archive;
        this.manifest = manifest;
        this.stream = new StreamTopics(manifest.streamId());
        this.replicationFactor = replicationFactor;
        this.progress = progress;
        this.say = say;
    }

    /**
     * Restores the stream.
     *
     * @return false if it was there already, record for record
     * @throws LauncherMistake if there are other records of this stream
     */
    boolean restore() {
        try (Admin admin = clients.admin()) {
            TopicAdmin topics = new TopicAdmin(admin);
            Set<String> existing = topics.names();
            if (existing.contains(stream.restoring())) {
                say.accept("an earlier restoring of stream " + stream.streamId()
                        + " was interrupted: what it left is deleted");
                topics.delete(stream.all());
            } else if (stream.all().stream().anyMatch(existing::contains)) {
                if (!isEmpty(topics, existing)) {
                    requireIdentical(topics);
                    return false;
                }
                topics.delete(stream.all());
            }
            topics.delete(List.of(stream.restoring()));
            RecordLimits limits = limits();
            new TopicSetup(manifest.partitions(), replicationFactor).ensure(admin, stream, limits);
            topics.create(stream.restoring(), replicationFactor);
            write(limits);
            topics.delete(List.of(stream.restoring()));
            return true;
        }
    }

    /** As large as its largest record needs, which is what its recipe came to. */
    private RecordLimits limits() {
        return new RecordLimits(Math.min(RecordLimits.LARGEST_RECORD_BYTES, Math.max(2048, manifest.largestValue())));
    }

    private boolean isEmpty(TopicAdmin topics, Set<String> existing) {
        return stream.all().stream().filter(existing::contains).allMatch(topics::isEmpty);
    }

    /** Reads what is there as an archiving would. */
    private void requireIdentical(TopicAdmin topics) {
        say.accept("there is a stream " + stream.streamId() + " already: comparing");
        for (String topic : stream.all()) {
            if (topics.partitions(topic) != manifest.partitions()) {
                throw different(topic + " has another number of partitions than " + manifest.partitions());
            }
        }
        try (PartitionReader reader = new PartitionReader(clients)) {
            for (ArchivedFile file : manifest.files()) {
                TopicPartition partition = file.of(stream);
                ArchivedFile there = reader.write(
                        partition,
                        file.topic(),
                        OutputStream.nullOutputStream(),
                        bytes -> progress.received(file.name(), bytes, Math.max(bytes, file.bytes())));
                if (!there.sha256().equals(file.sha256())) {
                    throw different(partition + " holds " + there.records() + " records, the archive " + file.records()
                            + ", and they are not the same");
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private LauncherMistake different(String how) {
        return new LauncherMistake("there is a stream " + stream.streamId() + " on this broker, and not the one of the"
                + " archive: " + how + ". Delete it first with 'polyphony delete " + stream.streamId() + "'");
    }

    private void write(RecordLimits limits) {
        String identity = stream.transactionalId("restore", "0");
        try (Producer<byte[], byte[]> producer = clients.producer(identity, limits, identity)) {
            producer.initTransactions();
            for (ArchivedFile file : manifest.files()) {
                try (InputStream in =
                        new BufferedInputStream(Files.newInputStream(archive.resolve(file.name())), BUFFER_BYTES)) {
                    write(producer, file, new RecordFile.Reader(in, file.name()));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the archive " + archive, e);
        }
    }

    private void write(Producer<byte[], byte[]> producer, ArchivedFile file, RecordFile.Reader reader)
            throws IOException {
        TopicPartition target = file.of(stream);
        long done = 0;
        RecordFile.Entry entry = reader.read();
        while (entry != null) {
            long bytes = 0;
            producer.beginTransaction();
            for (int i = 0; entry != null && i < TRANSACTION_RECORDS && bytes < TRANSACTION_BYTES; i++) {
                byte[] value = entry.value();
                // A send that fails makes the commit fail.
                var unused = producer.send(new ProducerRecord<>(
                        target.topic(),
                        target.partition(),
                        entry.timestamp() < 0 ? null : entry.timestamp(),
                        entry.key(),
                        value,
                        entry.headers()));
                bytes += value == null ? 0 : value.length;
                entry = reader.read();
            }
            producer.commitTransaction();
            done += bytes;
            progress.received(file.name(), Math.min(done, file.bytes()), file.bytes());
        }
        progress.received(file.name(), file.bytes(), file.bytes());
    }
}
