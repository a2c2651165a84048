package dev.polyphony.chaos.broker;

import dev.polyphony.launcher.process.ChildListener;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.common.Uuid;

/** One broker or several, in processes of their own; each is controller too. */
public final class Cluster implements AutoCloseable {

    private static final long START_SECONDS = 300;

    private final List<BrokerNode> nodes;

    private Cluster(List<BrokerNode> nodes) {
        this.nodes = List.copyOf(nodes);
    }

    /**
     * Starts brokers and waits until all of them answer.
     *
     * @param count 1, or 3 for three copies of everything of which two must be in step
     * @param directory where their records are; empty at first
     */
    public static Cluster start(int count, Path directory, ChildListener listener) {
        List<BrokerAddress> addresses = BrokerAddress.choose(count);
        String id = Uuid.randomUuid().toString();
        Cluster cluster = new Cluster(addresses.stream()
                .map(address -> BrokerNode.start(address, addresses, id, directory.resolve(address.name()), listener))
                .toList());
        try {
            cluster.awaitReady();
            return cluster;
        } catch (RuntimeException failure) {
            cluster.close();
            throw failure;
        }
    }

    private void awaitReady() {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(START_SECONDS);
        try (Admin admin = Admin.create(Map.of(
                AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG,
                directServers(),
                AdminClientConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG,
                200))) {
            while (answering(admin) < nodes.size()) {
                if (System.nanoTime() > deadline) {
                    throw new IllegalStateException(
                            nodes.size() + " brokers did not all answer within " + START_SECONDS + " s");
                }
                Thread.sleep(100);
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while the brokers were starting", interrupted);
        }
    }

    private static int answering(Admin admin) throws InterruptedException {
        try {
            return admin.describeCluster().nodes().get(2, TimeUnit.SECONDS).size();
        } catch (ExecutionException | TimeoutException notYet) {
            return 0;
        }
    }

    /** All brokers, in the order of their numbers. */
    public List<BrokerNode> nodes() {
        return nodes;
    }

    /** The broker with a number. */
    public BrokerNode node(int id) {
        return nodes.get(id - 1);
    }

    /** Copies of each record. */
    public short replication() {
        return (short) nodes.size();
    }

    /** Where the suite itself connects: no fault of the network reaches it. */
    public String directServers() {
        return nodes.stream().map(BrokerNode::direct).collect(Collectors.joining(","));
    }

    /** Where the services connect. */
    public String servers() {
        return nodes.stream().map(BrokerNode::throughNetwork).collect(Collectors.joining(","));
    }

    @Override
    public void close() {
        nodes.forEach(BrokerNode::stop);
        nodes.forEach(BrokerNode::close);
    }
}
