package dev.polyphony.chaos.faults;

import dev.polyphony.chaos.stream.LiveStream;
import dev.polyphony.chaos.stream.Role;
import dev.polyphony.chaos.stream.Sighting;
import dev.polyphony.chaos.stream.TopicSight;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;

/**
 * A record that was committed already is delivered a second time.
 *
 * @param logits whether of the logits, otherwise of the minibatches
 * @param partition of which
 */
public record Duplicate(boolean logits, int partition) implements Fault {

    private static final Duration SEEN = Duration.ofMinutes(3);

    @Override
    public String name() {
        return "duplicated delivery in " + (logits ? "logits" : "minibatches");
    }

    @Override
    public Injured inject(LiveStream live) {
        TopicSight sight = logits ? live.watch().logits() : live.watch().minibatches();
        Sighting known = Records.latest(live, sight, partition);
        int before = sight.foreign(known.step());
        long began = System.nanoTime();
        RecordMetadata second = Direct.append(
                live,
                new ProducerRecord<>(
                        sight.topic(),
                        partition,
                        known.record().key(),
                        known.record().value()));
        BooleanSupplier recovered = live.recovery(Role.TRAINER);
        live.await("the duplicate is in the log", SEEN, () -> sight.foreign(known.step()) > before);
        return new Injured(
                began,
                "step " + known.step() + " lies at offset " + known.record().offset() + " and again at "
                        + second.offset(),
                recovered);
    }
}
