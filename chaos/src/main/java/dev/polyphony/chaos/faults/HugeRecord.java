package dev.polyphony.chaos.faults;

import dev.polyphony.chaos.stream.ChaosException;
import dev.polyphony.chaos.stream.LiveStream;
import dev.polyphony.chaos.stream.Role;
import dev.polyphony.chaos.stream.TopicSight;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.RecordTooLargeException;

/**
 * Somebody else appends a record of 64 MiB. The broker refuses it; where it has been told to take it, the stream must
 * go on all the same.
 *
 * @param topic where
 * @param partition where
 */
public record HugeRecord(BadRecord.Topic topic, int partition) implements Fault {

    private static final int BYTES = 64 << 20;

    @Override
    public String name() {
        return "a record of 64 MiB in " + topic.text();
    }

    @Override
    public Injured inject(LiveStream live) {
        TopicSight sight = topic.of(live.watch());
        ProducerRecord<byte[], byte[]> huge = new ProducerRecord<>(sight.topic(), partition, null, new byte[BYTES]);
        requireRefused(live, huge);
        try (Admin admin = Direct.admin(live)) {
            limit(admin, sight.topic(), BYTES + (1 << 20));
            long began = System.nanoTime();
            RecordMetadata place = Direct.append(live, huge);
            limit(admin, sight.topic(), live.stream().limits().messageBytes());
            BooleanSupplier recovered = live.recovery(Role.TRAINER);
            // It is a letter without a value: the record itself stays where it is.
            return new Injured(
                    began,
                    "refused first; then " + place.serializedValueSize() + " bytes lie at offset " + place.offset()
                            + "; a dead letter at the end",
                    recovered,
                    () -> {
                        var unused = Records.deadLetter(live, place, huge.value());
                    });
        }
    }

    private static void requireRefused(LiveStream live, ProducerRecord<byte[], byte[]> huge) {
        try {
            Direct.append(live, huge);
        } catch (RecordTooLargeException refused) {
            return;
        }
        throw new ChaosException("the broker took a record of 64 MiB into a topic with a limit of "
                + live.stream().limits().messageBytes() + " bytes");
    }

    private static void limit(Admin admin, String topic, int bytes) {
        AlterConfigOp set = new AlterConfigOp(
                new ConfigEntry(TopicConfig.MAX_MESSAGE_BYTES_CONFIG, Integer.toString(bytes)),
                AlterConfigOp.OpType.SET);
        try {
            admin.incrementalAlterConfigs(Map.of(new ConfigResource(ConfigResource.Type.TOPIC, topic), List.of(set)))
                    .all()
                    .get();
        } catch (ExecutionException e) {
            throw new ChaosException("cannot change the limit of " + topic, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ChaosException("interrupted");
        }
    }
}
