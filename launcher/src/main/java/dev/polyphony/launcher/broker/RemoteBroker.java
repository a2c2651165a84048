package dev.polyphony.launcher.broker;

import dev.polyphony.launcher.LauncherMistake;
import dev.polyphony.streaming.KafkaClients;
import dev.polyphony.streaming.access.Refusal;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;

/** A cluster that somebody else runs. */
public final class RemoteBroker {

    private static final int PATIENCE_SECONDS = 15;

    private RemoteBroker() {}

    /**
     * Makes sure that it answers, before anything is started that would wait for it.
     *
     * @throws LauncherMistake if it does not, or lets nobody in who connects like that
     */
    public static void check(Cluster cluster) {
        KafkaClients clients = cluster.clients();
        try (Admin admin = clients.admin()) {
            admin.describeCluster().nodes().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException silent) {
            throw new LauncherMistake(Refusal.explain(silent, Refusal.LAUNCHER, clients.connection())
                    .orElse("no Kafka broker answers at " + cluster.bootstrapServers()
                            + "; --bootstrap-servers takes host:port, several with commas, or leave it out for a local"
                            + " broker. One that wants TLS or a password needs --kafka-config"));
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for " + cluster.bootstrapServers(), interrupted);
        }
    }
}
