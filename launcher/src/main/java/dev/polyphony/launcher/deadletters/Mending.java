package dev.polyphony.launcher.deadletters;

import dev.polyphony.launcher.LauncherMistake;
import dev.polyphony.streaming.KafkaClients;
import dev.polyphony.streaming.RecordLimits;
import dev.polyphony.streaming.RecordType;
import dev.polyphony.streaming.StreamTopics;
import dev.polyphony.streaming.letters.DeadLetter;
import dev.polyphony.streaming.letters.DeadLetterTopic;
import dev.polyphony.wire.StepRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

/** Finds out what makes up for each dead letter of a stream, and does it, all in one transaction. */
final class Mending {

    private final KafkaClients clients;
    private final StreamTopics topics;

    Mending(KafkaClients clients, StreamTopics topics) {
        this.clients = clients;
        this.topics = topics;
    }

    List<Remedy> remedies() {
        List<Remedy> remedies = new ArrayList<>();
        remedies.addAll(remedies(topics.plan(), RecordType.PLAN, null));
        remedies.addAll(
                remedies(topics.minibatches(), RecordType.MINIBATCHES, new Source<>(topics.plan(), RecordType.PLAN)));
        remedies.addAll(remedies(
                topics.logits(), RecordType.LOGITS, new Source<>(topics.minibatches(), RecordType.MINIBATCHES)));
        return remedies;
    }

    /** Where a step comes from before it is in a topic. */
    private record Source<S extends StepRecord>(String topic, RecordType<S> type) {}

    private <T extends StepRecord> List<Remedy> remedies(String topic, RecordType<T> type, @Nullable Source<?> source) {
        List<DeadLetter> letters = new DeadLetterTopic(clients, topic, RecordLimits.ANY).open();
        if (letters.isEmpty()) {
            return List.of();
        }
        TopicContent<T> content = new TopicContent<>(clients, topic, type, topics.streamId()).readBesides(letters);
        return letters.stream().map(letter -> remedy(letter, content, source)).toList();
    }

    private <T extends StepRecord> Remedy remedy(
            DeadLetter letter, TopicContent<T> content, @Nullable Source<?> source) {
        byte[] value = letter.value();
        Optional<T> readable = content.read(value);
        OptionalLong step =
                readable.isPresent() ? OptionalLong.of(readable.get().step()) : step(letter.key());
        if (step.isEmpty()) {
            return new Remedy(letter, "stands for no step of the stream; forgotten", List.of());
        }
        if (content.holds(step.getAsLong())) {
            return new Remedy(letter, "step " + step.getAsLong() + " is there all the same; forgotten", List.of());
        }
        // Logits are of use only to students, who read them where they are as soon as they can be read.
        if (value != null && readable.isPresent() && !letter.origin().topic().equals(topics.logits())) {
            return again(
                    letter, "can be read now; written again", letter.origin().topic(), List.of(value));
        }
        if (source == null) {
            throw new LauncherMistake(letter.origin() + " is damaged, and a plan is made from nothing else: delete the"
                    + " stream and record it again");
        }
        return madeAgain(letter, step.getAsLong(), source);
    }

    private <S extends StepRecord> Remedy madeAgain(DeadLetter letter, long step, Source<S> source) {
        TopicContent<S> content = new TopicContent<>(clients, source.topic(), source.type(), topics.streamId());
        List<byte[]> records = content.records(step, StreamTopics.key(step));
        if (records.isEmpty()) {
            throw new LauncherMistake(letter.origin() + " is damaged, and step " + step + " is not in " + source.topic()
                    + " either: mend that first");
        }
        return again(
                letter, "damaged; step " + step + " is made again from " + source.topic(), source.topic(), records);
    }

    private static Remedy again(DeadLetter letter, String what, String topic, List<byte[]> values) {
        int partition = letter.origin().partition();
        byte[] key = letter.key() == null ? new byte[0] : letter.key();
        return new Remedy(
                letter,
                what,
                values.stream()
                        .map(value -> DeadLetterTopic.again(topic, partition, key, value))
                        .toList());
    }

    private static OptionalLong step(byte @Nullable [] key) {
        try {
            return key == null ? OptionalLong.empty() : OptionalLong.of(StreamTopics.step(key));
        } catch (NumberFormatException noStep) {
            return OptionalLong.empty();
        }
    }

    void apply(List<Remedy> remedies) {
        String identity = topics.transactionalId("dlt", "0");
        try (Producer<byte[], byte[]> producer = clients.producer(identity, RecordLimits.ANY, identity)) {
            producer.initTransactions();
            producer.beginTransaction();
            for (Remedy remedy : remedies) {
                for (ProducerRecord<byte[], byte[]> record : remedy.records()) {
                    var unused = producer.send(record);
                }
                var unused = producer.send(DeadLetterTopic.settling(remedy.letter()));
            }
            producer.commitTransaction();
        }
    }
}
