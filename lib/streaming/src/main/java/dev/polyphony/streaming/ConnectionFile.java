package dev.polyphony.streaming;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.kafka.clients.admin.AdminClientConfig;

/**
 * A file that says how to connect to a Kafka cluster: the file that Kafka's own tools take as {@code --command-config}.
 * It may hold secrets, or name where they are: Kafka's {@code config.providers} read the environment and other files.
 */
public final class ConnectionFile {

    private static final String PROVIDERS = AdminClientConfig.CONFIG_PROVIDERS_CONFIG + ".";

    private ConnectionFile() {}

    /**
     * The file's properties, as they are: secrets that it only names are read when a client is made.
     *
     * @throws InvalidConnectionException if there is no such file, or it has a property that is none of a connection: a
     *     mistyped {@code security.protocol} would connect without security
     */
    public static Map<String, String> read(Path file) {
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(file)) {
            properties.load(reader);
        } catch (NoSuchFileException missing) {
            throw new InvalidConnectionException("there is no Kafka configuration file " + file);
        } catch (IOException | IllegalArgumentException unreadable) {
            // Without the cause's text, which may be a part of the file's.
            throw new InvalidConnectionException("the Kafka configuration file " + file
                    + " cannot be read: it must be a Java properties file in UTF-8 that this user may read");
        }
        Map<String, String> connection = new TreeMap<>();
        properties.stringPropertyNames().forEach(name -> connection.put(name, properties.getProperty(name)));
        requireKnown(file, connection);
        return connection;
    }

    private static void requireKnown(Path file, Map<String, String> connection) {
        TreeSet<String> unknown = new TreeSet<>(connection.keySet());
        unknown.removeAll(AdminClientConfig.configNames());
        unknown.removeIf(name -> name.startsWith(PROVIDERS));
        if (!unknown.isEmpty()) {
            throw new InvalidConnectionException("the Kafka configuration file " + file + " has "
                    + String.join(", ", unknown) + ", which no connection has; it takes what Kafka's admin client does:"
                    + " security.protocol, sasl.mechanism, sasl.jaas.config, ssl.truststore.location and the like");
        }
    }
}
