package dev.polyphony.launcher.broker;

import dev.polyphony.streaming.ConnectionFile;
import dev.polyphony.streaming.KafkaClients;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A Kafka cluster and the way into it.
 *
 * @param bootstrapServers host:port, several with commas
 * @param config file with the properties of a Kafka client, which may hold secrets; null where there is no security
 */
public record Cluster(String bootstrapServers, @Nullable Path config) {

    /** A broker on this machine, which asks nobody who they are. */
    static Cluster local(String bootstrapServers) {
        return new Cluster(bootstrapServers, null);
    }

    /**
     * This process's clients.
     *
     * @throws dev.polyphony.streaming.InvalidConnectionException if the file is missing or cannot be used
     */
    public KafkaClients clients() {
        return KafkaClients.of(bootstrapServers, config == null ? Map.of() : ConnectionFile.read(config));
    }

    /** How a service is told of it: by the file's name, for everybody on the machine can read a command line. */
    public List<String> serviceArguments() {
        List<String> arguments = new ArrayList<>();
        arguments.add("--spring.kafka.bootstrap-servers=" + bootstrapServers);
        if (config != null) {
            arguments.add("--polyphony.kafka-config=" + config.toAbsolutePath());
        }
        return arguments;
    }
}
