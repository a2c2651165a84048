package dev.polyphony.chaos.faults;

import dev.polyphony.chaos.stream.ChaosException;
import dev.polyphony.chaos.stream.LiveStream;
import dev.polyphony.chaos.stream.Sighting;
import dev.polyphony.chaos.stream.TopicSight;
import dev.polyphony.chaos.stream.Waiting;
import dev.polyphony.streaming.KafkaClients;
import dev.polyphony.streaming.letters.DeadLetter;
import dev.polyphony.streaming.letters.DeadLetterTopic;
import java.time.Duration;
import java.util.Arrays;
import org.apache.kafka.clients.producer.RecordMetadata;

/** Looks for records in the log. */
final class Records {

    private static final Duration THERE = Duration.ofMinutes(3);

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
     * Waits until a record is a dead letter, unchanged if it fits into one.
     *
     * @return the reason it was given
     */
    static String deadLetter(LiveStream live, RecordMetadata place, byte[] value) {
        DeadLetterTopic letters = new DeadLetterTopic(
                KafkaClients.of(live.cluster().directServers()),
                place.topic(),
                live.stream().limits());
        DeadLetter.Origin origin = new DeadLetter.Origin(place.topic(), place.partition(), place.offset());
        String[] reason = new String[1];
        Waiting.until("the record at " + origin + " is a dead letter", THERE, () -> {
            for (DeadLetter letter : letters.open()) {
                if (letter.origin().equals(origin)) {
                    requireUnchanged(live, letter, value);
                    reason[0] = letter.reason();
                }
            }
            return reason[0] != null;
        });
        return reason[0];
    }

    private static void requireUnchanged(LiveStream live, DeadLetter letter, byte[] value) {
        boolean fits = value.length <= live.stream().limits().recordBytes();
        if (!Arrays.equals(letter.value(), fits ? value : null)) {
            throw new ChaosException("the dead letter of " + letter.origin() + " is not the record");
        }
    }
}
