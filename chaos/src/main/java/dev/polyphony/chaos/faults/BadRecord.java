package dev.polyphony.chaos.faults;

import dev.polyphony.chaos.stream.ChaosException;
import dev.polyphony.chaos.stream.LiveStream;
import dev.polyphony.chaos.stream.Role;
import dev.polyphony.chaos.stream.Sighting;
import dev.polyphony.chaos.stream.StreamWatch;
import dev.polyphony.chaos.stream.TopicSight;
import dev.polyphony.streaming.StreamTopics;
import dev.polyphony.wire.TeacherLogits;
import dev.polyphony.wire.Tensor;
import java.util.Arrays;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;

/**
 * Somebody else appends a record that cannot be what it claims; it must end as a dead letter, and be missed by nobody.
 *
 * @param topic where
 * @param damage what is wrong with it
 * @param partition where
 */
public record BadRecord(Topic topic, Damage damage, int partition) implements Fault {

    /** Where records lie. */
    public enum Topic {
        PLAN,
        MINIBATCHES,
        LOGITS;

        TopicSight of(StreamWatch watch) {
            return switch (this) {
                case PLAN -> watch.plan();
                case MINIBATCHES -> watch.minibatches();
                case LOGITS -> watch.logits();
            };
        }

        String text() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    /** What is wrong with a record. */
    public enum Damage {
        CUT_SHORT("a record cut short"),
        WRONG_VERSION("a record of the wrong version"),
        /** Only of logits. */
        WRONG_ENSEMBLE("a record of the wrong ensemble"),
        /** Only of logits: for the step that is expected next. */
        NAN("a record with NaN logits");

        private final String text;

        Damage(String text) {
            this.text = text;
        }

        /** Whether a topic's records can have it. */
        public boolean fits(Topic topic) {
            return topic == Topic.LOGITS || this == CUT_SHORT || this == WRONG_VERSION;
        }
    }

    public BadRecord {
        if (!damage.fits(topic)) {
            throw new IllegalArgumentException(damage + " in " + topic);
        }
    }

    @Override
    public String name() {
        return damage.text + " in " + topic.text();
    }

    @Override
    public Injured inject(LiveStream live) {
        TopicSight sight = topic.of(live.watch());
        ProducerRecord<byte[], byte[]> bad = spoil(Records.latest(live, sight, partition), sight);
        long began = System.nanoTime();
        RecordMetadata place = Direct.append(live, bad);
        BooleanSupplier recovered = live.recovery(Role.TRAINER);
        String what = "the record at offset " + place.offset() + " of partition " + partition;
        if (topic == Topic.PLAN) {
            // The plan was written at once: its readers come to what follows it when they have done everything else.
            return new Injured(began, what + " is a dead letter at the end", recovered, () -> {
                var unused = Records.deadLetter(live, place, bad.value());
            });
        }
        String reason = Records.deadLetter(live, place, bad.value());
        return new Injured(began, what + " is a dead letter: " + reason, recovered);
    }

    private ProducerRecord<byte[], byte[]> spoil(Sighting good, TopicSight sight) {
        byte[] value = good.record().value();
        byte[] key = good.record().key();
        return switch (damage) {
            case CUT_SHORT -> record(sight, key, Arrays.copyOf(value, value.length / 2));
            case WRONG_VERSION -> record(sight, key, wrongVersion(value));
            case WRONG_ENSEMBLE -> {
                TeacherLogits logits = TeacherLogits.decode(value);
                yield record(sight, key, with(logits, logits.step(), "ffffffffffff", logits.logits()));
            }
            case NAN -> {
                TeacherLogits logits = TeacherLogits.decode(value);
                long next = good.step() + LiveStream.PARTITIONS;
                float[] nans = new float[logits.logits().elements()];
                Arrays.fill(nans, Float.NaN);
                Tensor tensor = Tensor.ofFloats(nans, logits.logits().dimensions());
                yield record(sight, StreamTopics.key(next), with(logits, next, logits.ensembleId(), tensor));
            }
        };
    }

    private ProducerRecord<byte[], byte[]> record(TopicSight sight, byte[] key, byte[] value) {
        return new ProducerRecord<>(sight.topic(), partition, key, value);
    }

    private static byte[] with(TeacherLogits logits, long step, String ensembleId, Tensor tensor) {
        return new TeacherLogits(logits.streamId(), step, 0, 1, ensembleId, tensor).encode();
    }

    /** The version is the message's first field: tag 1, then the number. */
    private static byte[] wrongVersion(byte[] value) {
        byte[] spoiled = value.clone();
        if (spoiled[0] != 0x08 || spoiled[1] != 1) {
            throw new ChaosException("a record does not begin with version 1");
        }
        spoiled[1] = 99;
        return spoiled;
    }
}
