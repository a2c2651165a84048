package dev.polyphony.launcher.broker;

import dev.polyphony.launcher.LauncherMistake;
import dev.polyphony.launcher.WorkDirectory;
import dev.polyphony.launcher.WorkLock;
import dev.polyphony.launcher.process.ChildListener;
import dev.polyphony.launcher.process.Progress;
import dev.polyphony.streaming.KafkaClients;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The broker that holds a work directory's streams, for a command that only looks into them: that of a run in progress,
 * or one started for as long as this is open.
 */
public final class WorkBroker implements AutoCloseable {

    private final Cluster cluster;
    private final @Nullable WorkLock lock;
    private final @Nullable LocalBroker started;

    private WorkBroker(Cluster cluster, @Nullable WorkLock lock, @Nullable LocalBroker started) {
        this.cluster = cluster;
        this.lock = lock;
        this.started = started;
    }

    /**
     * Finds or starts the broker.
     *
     * @param remote a cluster to use instead, or null
     * @throws LauncherMistake if nothing has been recorded in the work directory, or the cluster does not answer
     */
    public static WorkBroker open(WorkDirectory work, @Nullable Cluster remote) {
        if (remote != null) {
            RemoteBroker.check(remote);
            return new WorkBroker(remote, null, null);
        }
        Cluster address = address(work);
        WorkLock lock;
        try {
            lock = WorkLock.take(work);
        } catch (LauncherMistake runInProgress) {
            RemoteBroker.check(address);
            return new WorkBroker(address, null, null);
        }
        return start(work, lock);
    }

    /**
     * The same for a command that changes streams: a work directory without a broker gets one.
     *
     * @param remote a cluster to use instead, or null
     */
    public static WorkBroker openOrCreate(WorkDirectory work, @Nullable Cluster remote) {
        return remote != null || exists(work) ? open(work, remote) : start(work, WorkLock.take(work));
    }

    /**
     * The same for a command that may not work beside a run.
     *
     * @param remote a cluster to use instead, or null
     * @throws LauncherMistake if a run is in progress in the work directory
     */
    public static WorkBroker openAlone(WorkDirectory work, @Nullable Cluster remote) {
        WorkLock lock = WorkLock.take(work);
        if (remote == null) {
            return start(work, lock);
        }
        try {
            RemoteBroker.check(remote);
            return new WorkBroker(remote, lock, null);
        } catch (RuntimeException failure) {
            lock.close();
            throw failure;
        }
    }

    /** Whether a work directory has a broker, running or not. */
    public static boolean exists(WorkDirectory work) {
        return Files.exists(work.kafka().resolve("ports"));
    }

    private static WorkBroker start(WorkDirectory work, WorkLock lock) {
        LocalBroker broker = LocalBroker.start(work.kafka(), work.log(LocalBroker.NAME), new Complaints());
        try {
            broker.awaitReady();
            return new WorkBroker(broker.cluster(), lock, broker);
        } catch (RuntimeException failure) {
            broker.close();
            lock.close();
            throw failure;
        }
    }

    /**
     * Where the local broker of a work directory listens, or listened when it was last running.
     *
     * @throws LauncherMistake if there has been none
     */
    public static Cluster address(WorkDirectory work) {
        Path ports = work.kafka().resolve("ports");
        if (!exists(work)) {
            throw new LauncherMistake("no stream has been recorded in the work directory " + work.root()
                    + "; --work DIR names another, --bootstrap-servers HOST:PORT a cluster");
        }
        return Cluster.local("127.0.0.1:" + BrokerPorts.known(ports).client());
    }

    /** Where clients connect. */
    public Cluster cluster() {
        return cluster;
    }

    /** Clients of this broker. */
    public KafkaClients clients() {
        return cluster.clients();
    }

    @Override
    public void close() {
        if (started != null) {
            started.close();
        }
        if (lock != null) {
            lock.close();
        }
    }

    /** Says only what went wrong. */
    private static final class Complaints implements ChildListener {

        @Override
        public void started(String child, long pid) {
            // As expected.
        }

        @Override
        public void progress(String child, Progress progress) {
            // A broker makes none.
        }

        @Override
        public void crashed(String child, int exit, List<String> lastLines, int restart, int restarts) {
            System.err.println("polyphony: " + child + " died with exit code " + exit + ", restart " + restart + " of "
                    + restarts + ". Its last lines:");
            lastLines.forEach(line -> System.err.println("  " + line));
        }

        @Override
        public void ended(String child) {
            // As expected.
        }
    }
}
