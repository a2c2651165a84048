package dev.polyphony.launcher.deadletters;

import dev.polyphony.streaming.letters.DeadLetter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * What makes up for a dead letter.
 *
 * @param letter the record that could not be read
 * @param what is done, for people
 * @param records to be written; none if the step is there all the same
 */
record Remedy(DeadLetter letter, String what, List<ProducerRecord<byte[], byte[]>> records) {

    Remedy {
        records = List.copyOf(records);
    }

    /** The record's key as text. */
    static String key(DeadLetter letter) {
        byte[] key = letter.key();
        return key == null ? "none" : new String(key, StandardCharsets.UTF_8);
    }

    @Override
    public String toString() {
        return letter.origin() + " (key " + key(letter) + "): " + what;
    }
}
