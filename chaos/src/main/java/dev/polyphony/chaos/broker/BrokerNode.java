package dev.polyphony.chaos.broker;

import dev.polyphony.launcher.broker.BrokerMain;
import dev.polyphony.launcher.process.Child;
import dev.polyphony.launcher.process.ChildListener;
import dev.polyphony.launcher.process.JavaCommand;
import dev.polyphony.launcher.process.Restarts;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * One broker of a cluster: a process that is started again whenever it ends, as Kubernetes would. Services reach it
 * through a network that can be broken, the suite itself directly.
 */
public final class BrokerNode implements AutoCloseable {

    private static final Restarts ALWAYS = new Restarts(Integer.MAX_VALUE, Duration.ofMillis(500), true);
    // Then it is killed: nobody needs its records any more.
    private static final long STOP_SECONDS = 3;
    private static final String CONTROLLER = "CONTROLLER";

    private final BrokerAddress address;
    private final FaultyNetwork network;
    private final Child child;

    private BrokerNode(BrokerAddress address, FaultyNetwork network, Child child) {
        this.address = address;
        this.network = network;
        this.child = child;
    }

    /**
     * Starts a broker. Does not wait for it.
     *
     * @param directory for this broker alone; empty at first
     * @param cluster all brokers of the cluster, this one among them
     */
    static BrokerNode start(
            BrokerAddress address,
            List<BrokerAddress> cluster,
            String clusterId,
            Path directory,
            ChildListener listener) {
        FaultyNetwork network = FaultyNetwork.to(address.proxied());
        Path data = directory.resolve("records");
        Path properties = directory.resolve("server.properties");
        try {
            Files.createDirectories(data);
            Files.writeString(properties, settings(address, cluster, network.port(), data));
            format(address.node(), clusterId, data);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot prepare " + directory, e);
        }
        JavaCommand command = BrokerMain.command(address.name(), properties, data);
        Child child = Child.start(command, directory.resolve("broker.log"), ALWAYS, listener);
        return new BrokerNode(address, network, child);
    }

    private static void format(int node, String clusterId, Path data) {
        try {
            BrokerMain.format(node, clusterId, data, new PrintStream(OutputStream.nullOutputStream()));
        } catch (Exception e) {
            throw new IllegalStateException("cannot format " + data, e);
        }
    }

    private static String settings(BrokerAddress address, List<BrokerAddress> cluster, int networkPort, Path data) {
        int copies = cluster.size();
        int inSync = copies >= 3 ? 2 : 1;
        return String.join(
                "\n",
                "process.roles=broker,controller",
                "node.id=" + address.node(),
                "controller.quorum.voters="
                        + String.join(
                                ",", cluster.stream().map(BrokerAddress::voter).toList()),
                "controller.listener.names=" + CONTROLLER,
                "controller.quorum.election.timeout.ms=1000",
                "controller.quorum.fetch.timeout.ms=2000",
                "broker.session.timeout.ms=6000",
                "broker.heartbeat.interval.ms=1000",
                "listener.security.protocol.map=DIRECT:PLAINTEXT,PROXIED:PLAINTEXT,CONTROLLER:PLAINTEXT",
                "listeners=DIRECT://127.0.0.1:" + address.direct() + ",PROXIED://127.0.0.1:" + address.proxied()
                        + ",CONTROLLER://127.0.0.1:" + address.controller(),
                "advertised.listeners=DIRECT://127.0.0.1:" + address.direct() + ",PROXIED://127.0.0.1:" + networkPort,
                "inter.broker.listener.name=DIRECT",
                "log.dirs=" + data,
                "auto.create.topics.enable=false",
                "log.retention.ms=-1",
                "min.insync.replicas=" + inSync,
                "offsets.topic.replication.factor=" + copies,
                "offsets.topic.num.partitions=4",
                "transaction.state.log.replication.factor=" + copies,
                "transaction.state.log.min.isr=" + inSync,
                "transaction.state.log.num.partitions=4",
                "share.coordinator.state.topic.replication.factor=" + copies,
                "share.coordinator.state.topic.min.isr=" + inSync,
                "group.initial.rebalance.delay.ms=0",
                "log.cleaner.dedupe.buffer.size=16777216",
                "");
    }

    /** What the broker is called in the list of processes. */
    public String name() {
        return address.name();
    }

    /** Its number in the cluster, as Kafka's tools show it. */
    public int id() {
        return address.node();
    }

    /** The network between it and the services. */
    public FaultyNetwork network() {
        return network;
    }

    String direct() {
        return "127.0.0.1:" + address.direct();
    }

    String throughNetwork() {
        return "127.0.0.1:" + network.port();
    }

    void stop() {
        child.stop();
    }

    @Override
    public void close() {
        child.stop();
        child.awaitStop(STOP_SECONDS, TimeUnit.SECONDS);
        network.close();
    }
}
