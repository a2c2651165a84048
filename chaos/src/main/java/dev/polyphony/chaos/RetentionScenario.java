package dev.polyphony.chaos;

import dev.polyphony.chaos.broker.Cluster;
import dev.polyphony.chaos.stream.ChaosException;
import dev.polyphony.chaos.stream.LiveStream;
import dev.polyphony.chaos.stream.ProcessBoard;
import dev.polyphony.chaos.stream.Role;
import dev.polyphony.chaos.stream.SmallStream;
import dev.polyphony.chaos.stream.Waiting;
import dev.polyphony.launcher.WorkDirectory;
import dev.polyphony.launcher.process.ChildRefusedException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.common.TopicPartition;

/**
 * Retention removes records that the trainer's checkpoint needs. Here no weights can come out: the trainer must end with
 * exit code 2 and say what is missing, and leave its checkpoints as they are.
 */
final class RetentionScenario {

    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private final SmallStream stream;
    private final WorkDirectory work;

    RetentionScenario(SmallStream stream, WorkDirectory work) {
        this.stream = stream;
        this.work = work;
    }

    /**
     * Makes it happen.
     *
     * @return what the trainer said
     */
    String run() {
        ProcessBoard board = new ProcessBoard();
        try (Cluster cluster = Cluster.start(1, work.root().resolve("brokers"), board);
                LiveStream live = LiveStream.paced(stream, cluster, work, board)) {
            live.pace().release(2);
            live.await("there is a checkpoint that is left behind", PATIENCE, () -> leftBehind(live) >= 0);
            String trainer = Role.TRAINER.child(0);
            live.board().process(trainer).destroyForcibly();
            long gone = leftBehind(live);
            if (gone < 0) {
                throw new ChaosException("the trainer saved another checkpoint just now");
            }
            Map<String, byte[]> before = checkpoints(live);
            delete(live, gone);
            Waiting.until("the trainer refuses", PATIENCE, () -> live.end().isDone());
            String said = refusal(live);
            Map<String, byte[]> after = checkpoints(live);
            if (!before.keySet().equals(after.keySet())
                    || !before.keySet().stream().allMatch(name -> Arrays.equals(before.get(name), after.get(name)))) {
                throw new ChaosException("checkpoints have changed");
            }
            return said;
        }
    }

    /** The step after that of the newest checkpoint, if it and the one after have been taught; otherwise -1. */
    private static long leftBehind(LiveStream live) {
        long newest = checkpoints(live).keySet().stream()
                .mapToLong(name -> Long.parseLong(name.replaceAll("\\D", "")))
                .max()
                .orElse(Long.MAX_VALUE / 2);
        return newest + 2L * LiveStream.PARTITIONS < live.watch().logits().next() ? newest : -1;
    }

    /** Removes the minibatch of a step, and all before it in its partition, as retention would. */
    private static void delete(LiveStream live, long step) {
        String topic = live.stream().topics().minibatches();
        TopicPartition partition = new TopicPartition(topic, (int) (step % LiveStream.PARTITIONS));
        long offset = live.watch().minibatches().offset(step);
        try (Admin admin = Admin.create(Map.of(
                AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, live.cluster().directServers()))) {
            admin.deleteRecords(Map.of(partition, RecordsToDelete.beforeOffset(offset + 1)))
                    .all()
                    .get();
        } catch (ExecutionException e) {
            throw new ChaosException("the broker keeps its records", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ChaosException("interrupted");
        }
    }

    private static String refusal(LiveStream live) {
        try {
            live.end().get();
        } catch (ExecutionException ended) {
            if (ended.getCause() instanceof ChildRefusedException refused
                    && String.valueOf(refused.getMessage()).contains("retention removed records")) {
                return String.valueOf(refused.getMessage());
            }
            throw new ChaosException("another end than expected", ended.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        throw new ChaosException("the run went on without the records");
    }

    private static Map<String, byte[]> checkpoints(LiveStream live) {
        Map<String, byte[]> contents = new TreeMap<>();
        try (Stream<Path> files = Files.list(live.checkpoints())) {
            for (Path file : files.filter(path -> path.toString().endsWith(".safetensors"))
                    .toList()) {
                contents.put(file.getFileName().toString().replace(".safetensors", ""), Files.readAllBytes(file));
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the checkpoints", e);
        }
        return contents;
    }
}
