package dev.polyphony.launcher.broker;

import java.nio.file.Path;

/** The broker's configuration: one node, this machine only, records kept for ever. */
final class BrokerSettings {

    static final String CONTROLLER = "CONTROLLER";
    static final int NODE = 1;

    private static final int LARGEST_MESSAGE_BYTES = 16 << 20;

    private BrokerSettings() {}

    /** The text of {@code server.properties}. */
    static String text(BrokerPorts ports, Path data) {
        return String.join(
                "\n",
                "process.roles=broker,controller",
                "node.id=" + NODE,
                "controller.quorum.voters=" + NODE + "@127.0.0.1:" + ports.controller(),
                "controller.listener.names=" + CONTROLLER,
                "listeners=PLAINTEXT://127.0.0.1:" + ports.client() + "," + CONTROLLER + "://127.0.0.1:"
                        + ports.controller(),
                // Backslashes and the like have a meaning in properties files.
                "log.dirs=" + data.toString().replace("\\", "\\\\"),
                "auto.create.topics.enable=false",
                "log.retention.ms=-1",
                "log.retention.bytes=-1",
                "message.max.bytes=" + LARGEST_MESSAGE_BYTES,
                "replica.fetch.max.bytes=" + LARGEST_MESSAGE_BYTES,
                "offsets.topic.replication.factor=1",
                "offsets.topic.num.partitions=4",
                // A student that comes back after months still finds its place.
                "offsets.retention.minutes=" + Integer.MAX_VALUE,
                "transaction.state.log.replication.factor=1",
                "transaction.state.log.min.isr=1",
                "transaction.state.log.num.partitions=4",
                "share.coordinator.state.topic.replication.factor=1",
                "share.coordinator.state.topic.min.isr=1",
                "group.initial.rebalance.delay.ms=0",
                "log.cleaner.dedupe.buffer.size=16777216",
                "");
    }
}
