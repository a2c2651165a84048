package dev.polyphony.launcher.broker;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.server.common.MetadataVersion;

/** The broker's process: formats its directory on first use, runs Kafka, and ends with the launcher. */
public final class BrokerMain {

    private static final long WATCH_MILLIS = 500;

    private BrokerMain() {}

    /**
     * Runs until it is stopped.
     *
     * @param arguments the properties file, the data directory, and the launcher's process id
     */
    public static void main(String[] arguments) throws Exception {
        Path properties = Path.of(arguments[0]);
        Path data = Path.of(arguments[1]);
        endWith(Long.parseLong(arguments[2]));
        if (!Files.exists(data.resolve("meta.properties"))) {
            format(data);
        }
        // By name: Kafka's own start is a Scala class, and nothing of Scala is needed to compile this.
        Class.forName("kafka.Kafka").getMethod("main", String[].class).invoke(null, (Object)
                new String[] {properties.toString()});
    }

    private static void format(Path data) throws Exception {
        Files.createDirectories(data);
        new Formatter()
                .setNodeId(BrokerSettings.NODE)
                .setClusterId(Uuid.randomUuid().toString())
                .addDirectory(data.toString())
                .setMetadataLogDirectory(data.toString())
                .setControllerListenerName(BrokerSettings.CONTROLLER)
                .setReleaseVersion(MetadataVersion.LATEST_PRODUCTION)
                .run();
    }

    /** Asks who the parent is, not whether it lives: a killed launcher may stay in the process table for long. */
    private static void endWith(long launcher) {
        Thread watch = new Thread(
                () -> {
                    while (parent().orElse(-1) == launcher) {
                        try {
                            Thread.sleep(WATCH_MILLIS);
                        } catch (InterruptedException interrupted) {
                            return;
                        }
                    }
                    System.exit(1);
                },
                "launcher watch");
        watch.setDaemon(true);
        watch.start();
    }

    private static OptionalLong parent() {
        return ProcessHandle.current()
                .parent()
                .map(process -> OptionalLong.of(process.pid()))
                .orElse(OptionalLong.empty());
    }
}
