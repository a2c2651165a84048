package dev.polyphony.evaluator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.polyphony.streaming.StreamTopics;
import dev.polyphony.wire.CheckpointAnnouncement;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.common.Cluster;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AnnouncementsTest {

    private static final String RUN = "0123456789ab";
    private static final String OWN = "runs/" + RUN + "/checkpoints/";

    private static final TopicPartition TOPIC = new TopicPartition(StreamTopics.CHECKPOINTS, 0);

    private final MockConsumer<byte[], byte[]> consumer = consumer(0);
    private final Announcements announcements = announcements(consumer);
    private long offset;

    /** Of a topic that holds so many records when the evaluator begins. */
    private static MockConsumer<byte[], byte[]> consumer(long end) {
        MockConsumer<byte[], byte[]> consumer = new MockConsumer<>("none");
        consumer.updateBeginningOffsets(Map.of(TOPIC, 0L));
        consumer.updateEndOffsets(Map.of(TOPIC, end));
        return consumer;
    }

    private static Announcements announcements(MockConsumer<byte[], byte[]> consumer) {
        return new Announcements(
                consumer,
                new MockProducer<>(Cluster.empty(), true, null, new ByteArraySerializer(), new ByteArraySerializer()),
                RUN);
    }

    private void arrive(byte[] value) {
        consumer.addRecord(new ConsumerRecord<>(StreamTopics.CHECKPOINTS, 0, offset++, new byte[0], value));
    }

    private static CheckpointAnnouncement announcement(String run, String address) {
        return new CheckpointAnnouncement(run, "abcdef012345", 8, 1, address, "0".repeat(64), false);
    }

    @Test
    void checkpointOfTheRun_isHandedOut_othersAreNot() {
        CheckpointAnnouncement own = announcement(RUN, OWN + "step-00000008.safetensors");
        arrive(announcement("ffffffffffff", "runs/ffffffffffff/checkpoints/a").encode());
        arrive(own.encode());
        assertThat(announcements.next()).isEqualTo(own);
        assertThat(announcements.next()).isNull();
    }

    @Test
    void ofCheckpointsAnnouncedAgainBeforeItBegan_theLastCounts() {
        MockConsumer<byte[], byte[]> old = consumer(2);
        Announcements late = announcements(old);
        CheckpointAnnouncement again = new CheckpointAnnouncement(
                RUN, "abcdef012345", 8, 1, OWN + "step-00000008.safetensors", "1".repeat(64), false);
        old.addRecord(new ConsumerRecord<>(
                StreamTopics.CHECKPOINTS,
                0,
                0,
                new byte[0],
                announcement(RUN, again.address()).encode()));
        old.addRecord(new ConsumerRecord<>(StreamTopics.CHECKPOINTS, 0, 1, new byte[0], again.encode()));
        assertThat(late.next()).isEqualTo(again);
        assertThat(late.next()).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/etc/passwd",
                "../../etc/passwd",
                OWN + "../../other/checkpoints/a",
                OWN + "..",
                OWN + "/etc/passwd",
                OWN + "a/b",
                OWN + "a\\..\\b",
                OWN + "%2e%2e%2fa",
                OWN + "a\0b",
                OWN,
                "runs/ffffffffffff/checkpoints/a",
                "ensembles/abc/member-0.safetensors"
            })
    void checkpointElsewhere_isPassedOver_andTheNextOneIsHandedOut(String address) {
        CheckpointAnnouncement own = announcement(RUN, OWN + "step-00000008.safetensors");
        arrive(announcement(RUN, address).encode());
        arrive(own.encode());
        assertThat(announcements.next()).isEqualTo(own);
    }
}
