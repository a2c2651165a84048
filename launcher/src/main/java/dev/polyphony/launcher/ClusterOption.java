package dev.polyphony.launcher;

import dev.polyphony.launcher.broker.Cluster;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that name a Kafka cluster, for every command that can use one instead of the local broker. */
public final class ClusterOption {

    @Option(
            names = "--bootstrap-servers",
            paramLabel = "HOST:PORT",
            description = "Use this Kafka cluster instead of the work directory's broker.")
    private @Nullable String bootstrapServers;

    @Option(
            names = "--kafka-config",
            paramLabel = "FILE",
            description = "How to connect to that cluster: a Kafka client's properties, such as sasl.jaas.config.")
    private @Nullable Path config;

    /**
     * The cluster that the user means; null for a local broker.
     *
     * @throws LauncherMistake if only the way into it is given
     */
    public @Nullable Cluster cluster() {
        if (bootstrapServers != null) {
            return new Cluster(bootstrapServers, config);
        }
        if (config != null) {
            throw new LauncherMistake(
                    "--kafka-config says how to connect to the cluster that --bootstrap-servers names;"
                            + " give both, or neither for a local broker");
        }
        return null;
    }
}
