package dev.polyphony.launcher;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The option that says where streams lie, for every command that looks into them or changes them. */
public final class BrokerOption {

    @Option(
            names = "--bootstrap-servers",
            paramLabel = "HOST:PORT",
            description = "The Kafka cluster that has the streams, if not the work directory's broker.")
    private @Nullable String bootstrapServers;

    /** The cluster to use instead of a local broker, or null. */
    public @Nullable String bootstrapServers() {
        return bootstrapServers;
    }
}
