package dev.polyphony.chaos.stream;

import dev.polyphony.chaos.broker.Cluster;
import dev.polyphony.launcher.WorkDirectory;
import dev.polyphony.launcher.process.Supervisor;
import dev.polyphony.streaming.KafkaClients;
import dev.polyphony.streaming.TopicSetup;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.admin.Admin;
import org.jspecify.annotations.Nullable;

/** A stream in progress, with all its processes: what faults are made of. */
public final class LiveStream implements AutoCloseable {

    /** Partitions of each topic. */
    public static final int PARTITIONS = 4;

    /** Steps that are left when everything has been injured. */
    private static final long RESERVE = ServiceChildren.LEAD + 40;

    private static final Duration PATIENCE = Duration.ofSeconds(3);
    private static final Duration START = Duration.ofMinutes(10);
    private static final long SETTLE_MILLIS = 200;

    private final SmallStream stream;
    private final Cluster cluster;
    private final WorkDirectory work;
    private final ProcessBoard board;
    private final Optional<CheckpointDisk> disk;
    private final StreamWatch watch;
    private final @Nullable Pace pace;
    private final Supervisor supervisor = new Supervisor(PATIENCE);
    private final CompletableFuture<?> end;

    private LiveStream(
            SmallStream stream, Cluster cluster, WorkDirectory work, ProcessBoard board, int replicas, boolean paced) {
        this.stream = stream;
        this.cluster = cluster;
        this.work = work;
        this.board = board;
        work.create();
        this.disk = paced ? CheckpointDisk.mount(checkpoints()) : Optional.empty();
        KafkaClients direct = KafkaClients.of(cluster.directServers());
        try (Admin admin = direct.admin()) {
            new TopicSetup(PARTITIONS, cluster.replication()).ensure(admin, stream.topics(), stream.limits());
        }
        this.watch = StreamWatch.of(stream, cluster.directServers());
        this.pace = paced ? new Pace(direct.admin(), stream.topics(), PARTITIONS, stream.steps() - RESERVE) : null;
        ServiceChildren children = new ServiceChildren(stream, work, board);
        for (Role role : Role.values()) {
            for (int replica = 0; replica < (role.isReplicated() ? replicas : 1); replica++) {
                supervisor.add(children.serve(role, replica, cluster.servers()));
            }
        }
        this.end = CompletableFuture.runAsync(supervisor::await);
    }

    /** Starts the stream as it is in quiet times: one of each service, as fast as it goes. */
    public static LiveStream quiet(SmallStream stream, Cluster cluster, WorkDirectory work, ProcessBoard board) {
        return new LiveStream(stream, cluster, work, board, 1, false);
    }

    /** Starts the stream to be injured: two of each replicated service, held back so that it does not end too early. */
    public static LiveStream paced(SmallStream stream, Cluster cluster, WorkDirectory work, ProcessBoard board) {
        LiveStream live = new LiveStream(stream, cluster, work, board, 2, true);
        try {
            live.await("the stream flows", START, () -> live.trainerStep() >= PARTITIONS);
            return live;
        } catch (RuntimeException failure) {
            live.close();
            throw failure;
        }
    }

    /** Trains the ensemble's members that are missing. */
    public static void trainMembers(SmallStream stream, WorkDirectory work, ProcessBoard board) {
        work.create();
        ServiceChildren children = new ServiceChildren(stream, work, board);
        try (Supervisor supervisor = new Supervisor(PATIENCE)) {
            for (int member = 0; member < stream.experiment().recipe().trainedMembers(); member++) {
                supervisor.add(children.training(member));
            }
            supervisor.await();
        }
    }

    /** What is streamed. */
    public SmallStream stream() {
        return stream;
    }

    /** Where it is streamed through. */
    public Cluster cluster() {
        return cluster;
    }

    /** Where everything lies. */
    public WorkDirectory work() {
        return work;
    }

    /** Its processes. */
    public ProcessBoard board() {
        return board;
    }

    /** What has been committed. */
    public StreamWatch watch() {
        return watch;
    }

    /** Where checkpoints are written, if it is a file system of its own. */
    public Optional<CheckpointDisk> disk() {
        return disk;
    }

    /** What holds the stream back. */
    public Pace pace() {
        if (pace == null) {
            throw new IllegalStateException("a quiet stream has no pace");
        }
        return pace;
    }

    /** The directory of the run's checkpoints. */
    public Path checkpoints() {
        return work.run(stream.runId(), "checkpoints");
    }

    /** What a process has written to its log so far. */
    public String log(String child) {
        try {
            Path log = work.log(child);
            return Files.exists(log) ? Files.readString(log, StandardCharsets.UTF_8) : "";
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the log of " + child, e);
        }
    }

    /** The step that the trainer applies next; -1 while it does not answer. */
    public long trainerStep() {
        OptionalDouble next = new ServicePort(work.port(Role.TRAINER.child(0))).meter("polyphony_step_next");
        return next.isPresent() ? (long) next.getAsDouble() : -1;
    }

    /**
     * Tells from now on whether a service has got over what has just happened to it. perturb- and teacher-service have
     * when each partition of their topic has a step more; the trainer when it has applied a step that had not been
     * taught; the evaluator when it is ready.
     */
    public BooleanSupplier recovery(Role role) {
        // What was on its way when the process died is not a sign of its recovery.
        Waiting.pause(SETTLE_MILLIS);
        switch (role) {
            case PERTURB, TEACHER -> {
                TopicSight sight = role == Role.PERTURB ? watch.minibatches() : watch.logits();
                long[] before = sight.highest();
                return () -> sight.isBeyond(before);
            }
            case TRAINER -> {
                long taught = Arrays.stream(watch.logits().highest()).max().orElse(-1) + 1;
                return () -> trainerStep() > taught;
            }
            case EVALUATOR -> {
                ServicePort port = new ServicePort(work.port(Role.EVALUATOR.child(0)));
                return port::isReady;
            }
        }
        throw new IllegalStateException(role.toString());
    }

    /** Waits for something, as long as the stream lives. */
    public void await(String what, Duration patience, BooleanSupplier condition) {
        Waiting.until(what, patience, () -> {
            requireLife();
            return condition.getAsBoolean();
        });
    }

    private void requireLife() {
        if (watch.failure() != null) {
            throw new ChaosException("the stream can no longer be read", watch.failure());
        }
        if (end.isDone()) {
            awaitEnd(Duration.ZERO);
            throw new ChaosException("the stream came to its end before everything was injured");
        }
    }

    /**
     * Lets the stream run to its end.
     *
     * @throws ChaosException if it does not come
     */
    public void finish(Duration patience) {
        if (pace != null) {
            pace.close();
        }
        awaitEnd(patience);
    }

    /** How it ended. */
    public CompletableFuture<?> end() {
        return end;
    }

    private void awaitEnd(Duration patience) {
        try {
            end.get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException late) {
            throw new ChaosException(
                    "the run does not end within " + patience.toSeconds() + " s: the trainer is at step "
                            + trainerStep() + " of " + stream.steps() + ", next minibatch "
                            + watch.minibatches().next() + ", next logits "
                            + watch.logits().next());
        } catch (ExecutionException | CompletionException failed) {
            throw new ChaosException("a service gave up: " + failed.getCause(), failed.getCause());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new ChaosException("interrupted");
        }
    }

    @Override
    public void close() {
        supervisor.close();
        watch.close();
        if (pace != null) {
            pace.close();
        }
        disk.ifPresent(CheckpointDisk::close);
    }
}
