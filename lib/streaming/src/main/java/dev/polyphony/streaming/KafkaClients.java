package dev.polyphony.streaming;

import io.micrometer.core.instrument.MeterRegistry;
import java.nio.file.NoSuchFileException;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.SaslConfigs;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;
import org.springframework.kafka.core.DefaultKafkaConsumerFactory;
import org.springframework.kafka.core.MicrometerConsumerListener;
import org.springframework.kafka.core.MicrometerProducerListener;

/**
 * Makes the Kafka clients of a process from the properties that connect it (bootstrap servers, security), and adds what
 * a stream's correctness needs, which no property can undo.
 */
public final class KafkaClients {

    // Longer than any commit takes; a killed replica's transaction is aborted no later than this.
    private static final int TRANSACTION_TIMEOUT_MILLIS = 15_000;

    private final Map<String, Object> connection;
    private final @Nullable MeterRegistry registry;

    /**
     * Clients whose own meters appear in the registry.
     *
     * @param connection properties common to all clients, such as {@code KafkaProperties} builds them
     */
    public KafkaClients(Map<String, Object> connection, @Nullable MeterRegistry registry) {
        this.connection = new HashMap<>(connection);
        this.registry = registry;
    }

    /** Clients of a broker without security, without meters. */
    public static KafkaClients of(String bootstrapServers) {
        return of(bootstrapServers, Map.of());
    }

    /**
     * Clients without meters.
     *
     * @param connection further properties, such as {@link ConnectionFile} reads them
     */
    public static KafkaClients of(String bootstrapServers, Map<String, ?> connection) {
        Map<String, Object> all = new HashMap<>(connection);
        all.put(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
        return new KafkaClients(all, null);
    }

    /** The properties that connect the clients. They may hold secrets: nothing but their names is to be shown. */
    public Map<String, Object> connection() {
        return Collections.unmodifiableMap(connection);
    }

    /**
     * An administration client; the caller closes it.
     *
     * @throws InvalidConnectionException if the properties cannot be used
     */
    public Admin admin() {
        // All properties: what an SSL bundle or a configuration provider needs has names of its own.
        return connect(() -> Admin.create(new HashMap<>(connection)));
    }

    /** Making a client waits for nobody, so what goes wrong then lies in its properties. */
    private static <C> C connect(Supplier<C> client) {
        try {
            return client.get();
        } catch (KafkaException | IllegalArgumentException failure) {
            throw new InvalidConnectionException("the Kafka connection cannot be set up: " + reason(failure));
        }
    }

    private static String reason(Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        // Kafka's own exceptions have no trace, and tell names of properties only.
        String where = Arrays.stream(root.getStackTrace())
                .findFirst()
                .map(StackTraceElement::getClassName)
                .orElse("");
        if (where.contains("Jaas") || where.startsWith("javax.security.auth.login")) {
            // What is wrong with a login is told with a piece of it, which may be of the password.
            return SaslConfigs.SASL_JAAS_CONFIG + " is not understood; it is not shown, since it holds a password."
                    + " Expected: org.apache.kafka.common.security.scram.ScramLoginModule required"
                    + " username=\"...\" password=\"...\";";
        }
        return (root instanceof NoSuchFileException ? "there is no file " : "") + root.getMessage();
    }

    /** A read-committed consumer that commits nothing by itself and never skips; the caller closes it. */
    public Consumer<byte[], byte[]> consumer(String name, RecordLimits limits, Map<String, Object> more) {
        Map<String, Object> properties = new HashMap<>(connection);
        properties.putAll(limits.consumer());
        properties.put(ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
        properties.put(ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
        properties.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        properties.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
        properties.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        properties.put(ConsumerConfig.CLIENT_ID_CONFIG, name);
        properties.putAll(more);
        DefaultKafkaConsumerFactory<byte[], byte[]> factory = new DefaultKafkaConsumerFactory<>(properties);
        if (registry != null) {
            factory.addListener(new MicrometerConsumerListener<>(registry));
        }
        return connect(factory::createConsumer);
    }

    /**
     * A consumer for looking at what is there, one partition after another; the caller closes it. Its fetches do not wait
     * for more: at the end of a partition they would, and hold up the next one's, for a broker answers one at a time.
     */
    public Consumer<byte[], byte[]> scanner(String name, RecordLimits limits) {
        return consumer(name, limits, Map.of(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, 1));
    }

    /**
     * A producer, transactional if it gets a transactional identity; the caller closes it. Made without Spring's
     * factory, which would add a suffix to the identity and share the producer.
     */
    public Producer<byte[], byte[]> producer(String name, RecordLimits limits, @Nullable String transactionalId) {
        Map<String, Object> properties = new HashMap<>(connection);
        properties.putAll(limits.producer());
        properties.put(ProducerConfig.ACKS_CONFIG, "all");
        properties.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        properties.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "none");
        properties.put(ProducerConfig.CLIENT_ID_CONFIG, name);
        if (transactionalId != null) {
            properties.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, transactionalId);
            properties.put(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG, TRANSACTION_TIMEOUT_MILLIS);
        }
        Producer<byte[], byte[]> producer =
                connect(() -> new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer()));
        if (registry != null) {
            new MicrometerProducerListener<byte[], byte[]>(registry).producerAdded(name, producer);
        }
        return producer;
    }
}
