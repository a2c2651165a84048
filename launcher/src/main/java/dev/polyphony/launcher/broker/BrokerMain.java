package dev.polyphony.launcher.broker;

import dev.polyphony.launcher.process.CoreUse;
import dev.polyphony.launcher.process.JavaCommand;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
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
            format(BrokerSettings.NODE, Uuid.randomUuid().toString(), data, System.out);
        }
        // By name: Kafka's own start is a Scala class, and nothing of Scala is needed to compile this.
        Class.forName("kafka.Kafka").getMethod("main", String[].class).invoke(null, (Object)
                new String[] {properties.toString()});
    }

    /**
     * Prepares a broker's directory, once.
     *
     * @param node its number
     * @param clusterId the same for all brokers of a cluster
     * @param out where Kafka says what it does
     */
    public static void format(int node, String clusterId, Path data, PrintStream out) throws Exception {
        Files.createDirectories(data);
        new Formatter()
                .setPrintStream(out)
                .setNodeId(node)
                .setClusterId(clusterId)
                .addDirectory(data.toString())
                .setMetadataLogDirectory(data.toString())
                .setControllerListenerName(BrokerSettings.CONTROLLER)
                .setReleaseVersion(MetadataVersion.LATEST_PRODUCTION)
                .run();
    }

    /** The command line of a broker that ends with this process. */
    public static JavaCommand command(String name, Path properties, Path data) {
        return new JavaCommand(
                name,
                System.getProperty("java.class.path"),
                BrokerMain.class.getName(),
                "512m",
                0,
                CoreUse.SHARED,
                List.of(
                        properties.toString(),
                        data.toString(),
                        Long.toString(ProcessHandle.current().pid())));
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
