package dev.polyphony.chaos.faults;

import dev.polyphony.chaos.stream.ChaosException;
import dev.polyphony.chaos.stream.LiveStream;
import dev.polyphony.chaos.stream.TopicSight;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Clients of the suite's own, past the network that is broken: a stranger who may write what he likes. */
final class Direct {

    private static final int LARGEST_REQUEST = 80 << 20;

    private Direct() {}

    static Admin admin(LiveStream live) {
        return Admin.create(Map.of(
                AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, live.cluster().directServers()));
    }

    /**
     * Appends a record, marked as the suite's own.
     *
     * @return where it lies
     * @throws KafkaException if the broker refuses it
     */
    static RecordMetadata append(LiveStream live, ProducerRecord<byte[], byte[]> record) {
        Map<String, Object> properties = Map.of(
                ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                live.cluster().directServers(),
                ProducerConfig.MAX_REQUEST_SIZE_CONFIG,
                LARGEST_REQUEST,
                ProducerConfig.BUFFER_MEMORY_CONFIG,
                2L * LARGEST_REQUEST);
        if (record.headers().lastHeader(TopicSight.FOREIGN) == null) {
            record.headers().add(TopicSight.FOREIGN, new byte[0]);
        }
        try (Producer<byte[], byte[]> producer =
                new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer())) {
            return producer.send(record).get();
        } catch (ExecutionException refused) {
            throw refused.getCause() instanceof KafkaException cause ? cause : new KafkaException(refused.getCause());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new ChaosException("interrupted");
        }
    }
}
