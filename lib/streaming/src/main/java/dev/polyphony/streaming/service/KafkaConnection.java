package dev.polyphony.streaming.service;

import dev.polyphony.streaming.ConnectionFile;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.Environment;
import org.springframework.core.env.MapPropertySource;

/**
 * Where a service's Kafka connection comes from: {@code spring.kafka.*}, and the file that {@code polyphony.kafka-config}
 * names. What both say, the former decides.
 */
final class KafkaConnection {

    private static final String FILE = "polyphony.kafka-config";
    private static final String PROPERTIES = "spring.kafka.properties";

    private KafkaConnection() {}

    /** Adds the file's properties, if one is named, to those of the application. */
    static void addFile(ConfigurableEnvironment environment) {
        String file = environment.getProperty(FILE);
        if (file == null || file.isBlank()) {
            return;
        }
        Map<String, Object> properties = new HashMap<>();
        // In brackets, a name with dots is one key. Spring leaves ${...} in them, which is Kafka's, as it is.
        ConnectionFile.read(Path.of(file))
                .forEach((name, value) -> properties.put(PROPERTIES + "[" + name + "]", value.replace("${", "\\${")));
        environment.getPropertySources().addLast(new MapPropertySource(FILE, properties));
    }

    /** What can be said of the connection without making it: the servers and further properties. */
    static Map<String, Object> of(Environment environment) {
        Map<String, Object> connection = new HashMap<>();
        Binder.get(environment)
                .bind(PROPERTIES, Bindable.mapOf(String.class, String.class))
                .ifBound(connection::putAll);
        String servers = environment.getProperty("spring.kafka.bootstrap-servers");
        if (servers != null) {
            connection.put("bootstrap.servers", servers);
        }
        if (environment.getProperty("spring.kafka.ssl.bundle") != null) {
            connection.put("ssl.keystore", "of the bundle");
        }
        return connection;
    }
}
