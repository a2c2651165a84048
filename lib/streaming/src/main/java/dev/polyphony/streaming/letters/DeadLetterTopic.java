package dev.polyphony.streaming.letters;

import dev.polyphony.streaming.KafkaClients;
import dev.polyphony.streaming.RecordLimits;
import dev.polyphony.streaming.StreamTopics;
import dev.polyphony.streaming.TopicScan;
import dev.polyphony.streaming.letters.DeadLetter.Origin;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.jspecify.annotations.Nullable;

/** The dead letters of one topic. */
public final class DeadLetterTopic {

    /** Header of a record that was written again because of a dead letter, and of the note that says so. */
    public static final String REPUBLISHED = "polyphony.republished";

    private final KafkaClients clients;
    private final String topic;
    private final RecordLimits limits;
    private @Nullable Set<Origin> known;

    /**
     * The dead letters of a topic.
     *
     * @param topic the topic itself, such as {@code polyphony.<stream>.logits}
     * @param limits of the stream's records
     */
    public DeadLetterTopic(KafkaClients clients, String topic, RecordLimits limits) {
        this.clients = clients;
        this.topic = topic;
        this.limits = limits;
    }

    /** The letters nobody has dealt with, the oldest first, each once however often it was put aside. */
    public List<DeadLetter> open() {
        Map<Origin, DeadLetter> open = new LinkedHashMap<>();
        List<Origin> settled = new ArrayList<>();
        TopicScan.committed(clients, StreamTopics.deadLetter(topic), limits, record -> {
            DeadLetter.read(record).ifPresent(letter -> {
                if (record.headers().lastHeader(REPUBLISHED) == null) {
                    open.putIfAbsent(letter.origin(), letter);
                } else {
                    settled.add(letter.origin());
                }
            });
        });
        settled.forEach(open::remove);
        return List.copyOf(open.values());
    }

    /**
     * Puts a record aside, unless it has been before. One thread does so. Returns when the broker has it.
     *
     * @return whether this call put it there
     */
    public boolean put(ConsumerRecord<byte[], byte[]> record, String reason) {
        Origin origin = new Origin(record.topic(), record.partition(), record.offset());
        if (!known().add(origin)) {
            return false;
        }
        try (Producer<byte[], byte[]> producer = clients.producer(topic + ".letters", limits, null)) {
            producer.send(DeadLetter.of(record, reason, limits)).get();
            return true;
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        } catch (ExecutionException e) {
            throw new KafkaException("cannot put " + origin + " aside", e.getCause());
        }
    }

    /** Where the records lie that were put aside before; read once, for a stranger may have written many. */
    private Set<Origin> known() {
        Set<Origin> origins = known;
        if (origins == null) {
            Set<Origin> read = new HashSet<>();
            TopicScan.committed(clients, StreamTopics.deadLetter(topic), limits, letter -> DeadLetter.read(letter)
                    .map(DeadLetter::origin)
                    .ifPresent(read::add));
            origins = read;
            known = origins;
        }
        return origins;
    }

    /** The note that settles a letter, for the transaction that deals with it. */
    public static ProducerRecord<byte[], byte[]> settling(DeadLetter letter) {
        ProducerRecord<byte[], byte[]> note = new ProducerRecord<>(
                StreamTopics.deadLetter(letter.origin().topic()), null, letter.key(), (byte[]) null);
        note.headers().add(REPUBLISHED, new byte[0]);
        DeadLetter.address(note, letter.origin());
        return note;
    }

    /** A record that makes up for one that could not be read. */
    public static ProducerRecord<byte[], byte[]> again(String topic, int partition, byte[] key, byte[] value) {
        ProducerRecord<byte[], byte[]> record = new ProducerRecord<>(topic, partition, key, value);
        record.headers().add(REPUBLISHED, new byte[0]);
        return record;
    }
}
