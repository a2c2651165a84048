package dev.polyphony.streaming.testing;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** The contract against a broker process: always. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BrokerProcessStreamingIT extends StreamingContract {

    private final BrokerProcess broker;

    BrokerProcessStreamingIT(@TempDir Path directory) throws Exception {
        broker = BrokerProcess.start(directory);
    }

    @Override
    String bootstrapServers() {
        return broker.bootstrapServers();
    }

    @AfterAll
    void stop() {
        broker.close();
    }
}
