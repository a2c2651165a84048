package dev.polyphony.streaming.testing;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestInstance;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.kafka.KafkaContainer;

/** The contract against the broker's image: with the profile "containers", where a container engine is there. */
@Tag("container")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ContainerStreamingIT extends StreamingContract {

    private final KafkaContainer broker = new KafkaContainer("apache/kafka:4.2.1");

    @BeforeAll
    void start() {
        Assumptions.assumeTrue(
                DockerClientFactory.instance().isDockerAvailable(),
                "no container engine: the same contract runs against the broker process");
        broker.start();
    }

    @Override
    String bootstrapServers() {
        return broker.getBootstrapServers();
    }

    @AfterAll
    void stop() {
        broker.stop();
    }
}
