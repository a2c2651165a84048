package dev.polyphony.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import dev.polyphony.chaos.stream.SmallStream;
import dev.polyphony.launcher.WorkDirectory;
import dev.polyphony.launcher.WorkOption;
import dev.polyphony.launcher.broker.LocalBroker;
import dev.polyphony.launcher.process.ChildListener;
import dev.polyphony.launcher.process.JavaCommand;
import dev.polyphony.launcher.process.Progress;
import dev.polyphony.launcher.process.ThreadPlan;
import dev.polyphony.launcher.run.Installation;
import dev.polyphony.launcher.run.RunRequest;
import dev.polyphony.launcher.run.Services;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.TransactionState;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A service as an orchestrator sees it: live while it waits for what others are making, ready when it can work, and
 * gone soon after it was asked to go, with nothing of it left at the broker.
 */
@Timeout(300)
class ServiceLifeIT {

    /** Of the pods' {@code terminationGracePeriodSeconds}. */
    private static final Duration GRACE = Duration.ofSeconds(60);

    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private final HttpClient http = HttpClient.newHttpClient();

    @TempDir
    Path directory;

    @Test
    void waitsForTheEnsemble_works_andLeavesWhenAsked() throws Exception {
        SmallStream stream = SmallStream.in(directory.resolve("recipe"), 4);
        WorkDirectory work = new WorkDirectory(directory.resolve("work"));
        work.create();
        Services services = new Services(
                new Installation(WorkOption.home()),
                new RunRequest(stream.recipe().toString(), work, stream.data(), null, new ThreadPlan(1), false),
                "");
        try (LocalBroker broker =
                LocalBroker.start(directory.resolve("kafka"), directory.resolve("kafka.log"), new Silent())) {
            broker.awaitReady();
            try (Service teacher = start(work, services.teach(broker.cluster()), "--polyphony.patience=1h")) {
                await(() -> teacher.log().contains("waits for ensemble " + stream.ensembleId()));
                assertThat(teacher.status("liveness")).isEqualTo(200);
                assertThat(teacher.status("readiness")).isEqualTo(503);

                for (int member = 0; member < 2; member++) {
                    try (Service training = start(work, services.training(member))) {
                        assertThat(training.process.waitFor()).isZero();
                    }
                }
                await(() -> teacher.status("readiness") == 200);

                try (Service perturb = start(work, services.perturb(broker.cluster()))) {
                    await(() -> teacher.steps() >= 8);
                    leavesWhenAsked(teacher, stream, broker);
                    assertThat(perturb.process.isAlive()).isTrue();
                }
            }
        }
    }

    private static void leavesWhenAsked(Service teacher, SmallStream stream, LocalBroker broker) throws Exception {
        String group = stream.topics().group("teacher");
        String transactions = stream.topics().transactionalId("teacher", "0");
        try (Admin admin = broker.cluster().clients().admin()) {
            assertThat(members(admin, group)).isOne();
            teacher.process.destroy();
            assertThat(teacher.process.waitFor(GRACE.toSeconds(), TimeUnit.SECONDS))
                    .as("ended within its grace period")
                    .isTrue();
            assertThat(teacher.process.exitValue()).isEqualTo(143);
            // At once: nobody waits for a session to time out, or for a transaction.
            assertThat(members(admin, group)).isZero();
            assertThat(admin.describeTransactions(List.of(transactions))
                            .description(transactions)
                            .get()
                            .state())
                    .isEqualTo(TransactionState.COMPLETE_COMMIT);
        }
    }

    private static int members(Admin admin, String group) throws Exception {
        return admin.describeConsumerGroups(List.of(group)).all().get().values().stream()
                .mapToInt(described -> described.members().size())
                .sum();
    }

    private static void await(Callable<Boolean> condition) throws Exception {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.call()) {
            assertThat(System.nanoTime()).as("waited too long").isLessThan(deadline);
            Thread.sleep(50);
        }
    }

    private Service start(WorkDirectory work, JavaCommand command, String... more) throws IOException {
        Path log = directory.resolve(command.name() + ".log");
        List<String> line = new ArrayList<>(command.line());
        line.addAll(List.of(more));
        ProcessBuilder builder =
                new ProcessBuilder(line).redirectErrorStream(true).redirectOutput(log.toFile());
        builder.environment().putAll(command.environment());
        return new Service(builder.start(), work.port(command.name()), log);
    }

    private final class Service implements AutoCloseable {

        private final Process process;
        private final Path port;
        private final Path log;

        Service(Process process, Path port, Path log) {
            this.process = process;
            this.port = port;
            this.log = log;
        }

        String log() throws IOException {
            return Files.readString(log);
        }

        int status(String probe) throws Exception {
            return get("/actuator/health/" + probe).statusCode();
        }

        double steps() throws Exception {
            return get("/actuator/prometheus")
                    .body()
                    .lines()
                    .filter(line -> line.startsWith("polyphony_steps_total{"))
                    .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                    .sum();
        }

        private HttpResponse<String> get(String path) throws Exception {
            ServiceLifeIT.await(() -> Files.exists(port));
            URI address =
                    URI.create("http://127.0.0.1:" + Files.readString(port).strip() + path);
            return http.send(HttpRequest.newBuilder(address).build(), HttpResponse.BodyHandlers.ofString());
        }

        @Override
        public void close() {
            process.destroyForcibly().onExit().join();
        }
    }

    private static final class Silent implements ChildListener {

        @Override
        public void started(String child, long pid) {}

        @Override
        public void progress(String child, Progress progress) {}

        @Override
        public void crashed(String child, int exit, List<String> lastLines, int restart, int restarts) {}

        @Override
        public void ended(String child) {}
    }
}
