package dev.polyphony.launcher.broker;

import dev.polyphony.launcher.process.Child;
import dev.polyphony.launcher.process.ChildListener;
import dev.polyphony.launcher.process.JavaCommand;
import dev.polyphony.launcher.process.Progress;
import dev.polyphony.launcher.process.Restarts;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.jspecify.annotations.Nullable;

/**
 * A Kafka broker for this machine, as a process of its own. Its records stay in a directory and are there for the next
 * broker on it; if it dies it is started again on the same port; it ends with this process.
 */
public final class LocalBroker implements AutoCloseable {

    /** What it is called in logs and in the list of processes. */
    public static final String NAME = "kafka";

    private static final Duration START = Duration.ofMinutes(2);
    private static final Duration STOP = Duration.ofSeconds(25);

    private final Child child;
    private final BrokerPorts ports;

    private LocalBroker(Child child, BrokerPorts ports) {
        this.child = child;
        this.ports = ports;
    }

    /**
     * Starts the broker of a directory. Does not wait for it.
     *
     * @param directory where its records are, or will be
     * @param log where its output is appended
     */
    public static LocalBroker start(Path directory, Path log, ChildListener listener) {
        Path home = directory.toAbsolutePath();
        Path pid = home.resolve("broker.pid");
        Predecessor.await(pid, STOP);
        BrokerPorts ports = BrokerPorts.in(home.resolve("ports"));
        Path properties = home.resolve("server.properties");
        Path data = home.resolve("records");
        write(properties, BrokerSettings.text(ports, data));
        JavaCommand command = BrokerMain.command(NAME, properties, data);
        return new LocalBroker(Child.start(command, log, Restarts.OF_SERVER, new Remember(pid, listener)), ports);
    }

    private static void write(Path file, String text) {
        try {
            Files.createDirectories(file.getParent());
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + file, e);
        }
    }

    /** Where clients connect. */
    public String bootstrapServers() {
        return "127.0.0.1:" + ports.client();
    }

    /** The same, for those who may meet a cluster in its place. */
    public Cluster cluster() {
        return Cluster.local(bootstrapServers());
    }

    /** Completes, with a failure, only if the broker has died too often. */
    public CompletableFuture<@Nullable Void> end() {
        return child.end();
    }

    /**
     * Waits until the broker answers.
     *
     * @throws dev.polyphony.launcher.process.ChildFailedException if it dies again and again
     */
    public void awaitReady() {
        long deadline = System.nanoTime() + START.toNanos();
        try (Admin admin = Admin.create(Map.of(
                AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG,
                bootstrapServers(),
                AdminClientConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG,
                200))) {
            while (!answers(admin)) {
                throwIfDead();
                if (System.nanoTime() > deadline) {
                    throw new IllegalStateException(
                            "the Kafka broker did not answer within " + START.toMinutes() + " minutes");
                }
            }
        }
    }

    private static boolean answers(Admin admin) {
        try {
            return !admin.describeCluster().nodes().get(2, TimeUnit.SECONDS).isEmpty();
        } catch (ExecutionException | TimeoutException notYet) {
            return false;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while the broker was starting", interrupted);
        }
    }

    private void throwIfDead() {
        if (!child.end().isDone()) {
            return;
        }
        try {
            child.end().join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            throw e;
        }
        throw new IllegalStateException("the broker was stopped while it was starting");
    }

    @Override
    public void close() {
        child.stop();
        child.awaitStop(STOP.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Keeps the broker's process id on disk for the next launcher. */
    private record Remember(Path file, ChildListener next) implements ChildListener {

        @Override
        public void started(String name, long pid) {
            Predecessor.record(file, pid);
            next.started(name, pid);
        }

        @Override
        public void progress(String name, Progress progress) {
            next.progress(name, progress);
        }

        @Override
        public void crashed(String name, int exit, List<String> lastLines, int restart, int restarts) {
            next.crashed(name, exit, lastLines, restart, restarts);
        }

        @Override
        public void ended(String name) {
            next.ended(name);
        }
    }
}
