package dev.polyphony.streaming.testing;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.server.common.MetadataVersion;

/** A Kafka broker as a process of its own, from the jars of the test class path. Ends with this JVM. */
final class BrokerProcess implements AutoCloseable {

    private static final Duration START = Duration.ofSeconds(60);

    private final Process process;
    private final int port;

    private BrokerProcess(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    /** Without security. */
    static BrokerProcess start(Path directory) throws Exception {
        int port = freePort();
        int controller = freePort();
        String listeners = "listeners=PLAINTEXT://127.0.0.1:" + port + ",CONTROLLER://127.0.0.1:" + controller + "\n";
        Map<String, Object> connection = Map.of("bootstrap.servers", "127.0.0.1:" + port);
        return start(directory, port, properties(controller, directory) + listeners, List.of(), List.of(), connection);
    }

    /**
     * With listeners as the caller wants them.
     *
     * @param scram users, as the storage tool takes them
     * @param options of the JVM
     * @param connection of a client that may describe the cluster
     */
    static BrokerProcess start(
            Path directory,
            int port,
            String properties,
            List<String> scram,
            List<String> options,
            Map<String, Object> connection)
            throws Exception {
        Path data = directory.resolve("data");
        Path file = directory.resolve("server.properties");
        Files.writeString(file, properties);
        new Formatter()
                .setScramArguments(scram)
                .setNodeId(1)
                .setClusterId(Uuid.randomUuid().toString())
                .addDirectory(data.toString())
                .setMetadataLogDirectory(data.toString())
                .setControllerListenerName("CONTROLLER")
                .setReleaseVersion(MetadataVersion.LATEST_PRODUCTION)
                .run();
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC"));
        command.addAll(options);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), "kafka.Kafka", file.toString()));
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("broker.log").toFile())
                .start();
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
        BrokerProcess broker = new BrokerProcess(process, port);
        broker.awaitUp(directory, connection);
        return broker;
    }

    /** What all test brokers have; the listeners are missing. */
    static String properties(int controller, Path directory) {
        return String.join(
                "\n",
                "process.roles=broker,controller",
                "node.id=1",
                "controller.quorum.voters=1@127.0.0.1:" + controller,
                "controller.listener.names=CONTROLLER",
                "log.dirs=" + directory.resolve("data"),
                "auto.create.topics.enable=false",
                "offsets.topic.replication.factor=1",
                "offsets.topic.num.partitions=4",
                "transaction.state.log.replication.factor=1",
                "transaction.state.log.min.isr=1",
                "transaction.state.log.num.partitions=4",
                "share.coordinator.state.topic.replication.factor=1",
                "share.coordinator.state.topic.min.isr=1",
                "group.initial.rebalance.delay.ms=0",
                "log.cleaner.dedupe.buffer.size=16777216",
                "");
    }

    static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    private void awaitUp(Path directory, Map<String, Object> connection) throws Exception {
        long deadline = System.nanoTime() + START.toNanos();
        try (Admin admin = Admin.create(connection)) {
            while (true) {
                try {
                    admin.describeCluster().nodes().get(2, TimeUnit.SECONDS);
                    return;
                } catch (Exception notYet) {
                    if (!process.isAlive() || System.nanoTime() > deadline) {
                        List<String> log = Files.readAllLines(directory.resolve("broker.log"));
                        throw new IllegalStateException(
                                "the broker did not start: " + log.subList(Math.max(0, log.size() - 20), log.size()),
                                notYet);
                    }
                }
            }
        }
    }

    String bootstrapServers() {
        return "127.0.0.1:" + port;
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException interrupted) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
