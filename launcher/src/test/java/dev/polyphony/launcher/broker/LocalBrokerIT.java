package dev.polyphony.launcher.broker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.polyphony.launcher.process.ChildListener;
import dev.polyphony.launcher.process.Progress;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalBrokerIT {

    private final Heard heard = new Heard();

    @Test
    void broker_keepsItsRecordsAndPortOverKillAndOverRuns(@TempDir Path directory) throws Exception {
        String servers;
        try (LocalBroker broker = start(directory)) {
            servers = broker.bootstrapServers();
            createTopic(servers);

            ProcessHandle.of(heard.pids.get(0)).orElseThrow().destroyForcibly();
            assertThat(heard.crashed.await(20, TimeUnit.SECONDS)).isTrue();
            broker.awaitReady();

            assertThat(topics(servers)).contains("kept");
            assertThat(heard.pids).hasSize(2);
        }
        assertThat(ProcessHandle.of(heard.pids.get(1))
                        .map(ProcessHandle::isAlive)
                        .orElse(false))
                .isFalse();
        try (LocalBroker again = start(directory)) {
            assertThat(again.bootstrapServers()).isEqualTo(servers);
            assertThat(topics(servers)).contains("kept");
        }
    }

    private LocalBroker start(Path directory) {
        LocalBroker broker = LocalBroker.start(directory.resolve("kafka"), directory.resolve("kafka.log"), heard);
        broker.awaitReady();
        return broker;
    }

    private static void createTopic(String servers) throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", servers))) {
            admin.createTopics(List.of(new NewTopic("kept", 1, (short) 1)))
                    .all()
                    .get(30, TimeUnit.SECONDS);
        }
    }

    private static Set<String> topics(String servers) throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", servers))) {
            return admin.listTopics().names().get(30, TimeUnit.SECONDS);
        }
    }

    private static final class Heard implements ChildListener {

        private final List<Long> pids = new CopyOnWriteArrayList<>();
        private final CountDownLatch crashed = new CountDownLatch(1);

        @Override
        public void started(String child, long pid) {
            pids.add(pid);
        }

        @Override
        public void progress(String child, Progress progress) {
            throw new AssertionError("a broker makes no progress");
        }

        @Override
        public void crashed(String child, int exit, List<String> lastLines, int restart, int restarts) {
            crashed.countDown();
        }

        @Override
        public void ended(String child) {
            // Followed through the process itself.
        }
    }
}
