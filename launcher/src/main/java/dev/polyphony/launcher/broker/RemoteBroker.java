package dev.polyphony.launcher.broker;

import dev.polyphony.launcher.LauncherMistake;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.common.KafkaException;

/** A cluster that somebody else runs. */
public final class RemoteBroker {

    private static final int PATIENCE_SECONDS = 15;

    private RemoteBroker() {}

    /**
     * Makes sure that it answers, before anything is started that would wait for it.
     *
     * @throws LauncherMistake if it does not
     */
    public static void check(String bootstrapServers) {
        try (Admin admin = Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers))) {
            admin.describeCluster().nodes().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException | KafkaException silent) {
            throw new LauncherMistake("no Kafka broker answers at " + bootstrapServers
                    + "; --bootstrap-servers takes host:port, several with commas, or leave it out for a local broker");
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for " + bootstrapServers, interrupted);
        }
    }
}
