package dev.polyphony.chaos.faults;

import dev.polyphony.chaos.stream.ChaosException;
import dev.polyphony.chaos.stream.LiveStream;
import dev.polyphony.chaos.stream.Role;
import dev.polyphony.chaos.stream.Waiting;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.TopicPartitionInfo;

/** Of three brokers the one dies that leads a partition; another becomes its leader. */
public record LeaderLoss() implements Fault {

    private static final Duration DEATH = Duration.ofSeconds(10);
    private static final Duration ELECTION = Duration.ofMinutes(3);
    private static final int NONE = -1;

    @Override
    public String name() {
        return "kill -9 of the broker that leads a partition, of three";
    }

    @Override
    public Injured inject(LiveStream live) {
        String topic = live.stream().topics().minibatches();
        try (Admin admin = Direct.admin(live)) {
            // All copies in step first: of two brokers in step one may go, of one none.
            live.await("all copies are in step", ELECTION, () -> inStep(admin, topic) == 3);
            int leader = leader(admin, topic);
            String child = live.cluster().node(leader).name();
            ProcessHandle process = live.board().process(child);
            long began = System.nanoTime();
            process.destroyForcibly();
            Waiting.until("the leader is dead", DEATH, () -> !process.isAlive());
            BooleanSupplier recovered = live.recovery(Role.TRAINER);
            live.await("another broker leads", ELECTION, () -> {
                int now = leader(admin, topic);
                return now != NONE && now != leader;
            });
            live.board().awaitSuccessor(child, process.pid());
            return new Injured(
                    began, "broker " + leader + " is dead, broker " + leader(admin, topic) + " leads", recovered);
        }
    }

    private static int leader(Admin admin, String topic) {
        Node leader = partition(admin, topic).leader();
        return leader == null ? NONE : leader.id();
    }

    private static int inStep(Admin admin, String topic) {
        return partition(admin, topic).isr().size();
    }

    private static TopicPartitionInfo partition(Admin admin, String topic) {
        while (true) {
            try {
                return admin.describeTopics(List.of(topic))
                        .topicNameValues()
                        .values()
                        .iterator()
                        .next()
                        .get(5, TimeUnit.SECONDS)
                        .partitions()
                        .get(0);
            } catch (ExecutionException | TimeoutException unsettled) {
                Waiting.pause(100);
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
                throw new ChaosException("interrupted");
            }
        }
    }
}
