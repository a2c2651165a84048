package dev.polyphony.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dev.polyphony.launcher.broker.WorkBroker;
import dev.polyphony.launcher.process.ProcessIds;
import dev.polyphony.launcher.recorded.RecordedStream;
import dev.polyphony.launcher.recorded.StepRange;
import dev.polyphony.launcher.recorded.StoredStream;
import dev.polyphony.streaming.KafkaClients;
import dev.polyphony.streaming.RecordLimits;
import dev.polyphony.streaming.StreamTopics;
import dev.polyphony.wire.TeacherLogits;
import dev.polyphony.wire.Tensor;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The first promise, with real processes and real kills: whatever dies, the weights are those of a quiet run. */
class KilledRunIT {

    private static final Duration RUN = Duration.ofMinutes(4);
    private static final Duration RESTART = Duration.ofSeconds(60);
    private static final String RECIPE = """
            dataset:    {name: fashion-mnist-small, trainSamples: 1024}
            ensemble:   {architecture: resnet-8, width: 4, stemStride: 2, size: 2, batchSize: 64, learningRate: 0.05, weightDecay: 4e-4, warmupEpochs: 1, epochs: 2, seed: 1}
            stream:     {perturbation: confods, stepSize: 1.0, temperature: 4, batchSize: 16, epochs: 10, seed: 1}
            student:    {architecture: batch-ensemble, network: resnet-8, width: 4, stemStride: 2, subnetworks: 2, distillationWeight: 0.9, temperature: 4, learningRate: 0.02, weightDecay: 4e-4, warmupEpochs: 1, seed: 1}
            """;

    /** In this order: the trainer first, while it has most of the stream before it. */
    private static final List<String> VICTIMS =
            List.of("student-trainer", "perturb-service", "teacher-service", "kafka", "evaluator");

    @TempDir
    Path directory;

    @Test
    void run_withEveryProcessKilled_givesTheWeightsOfAQuietRun() throws Exception {
        Path recipe = Files.writeString(directory.resolve("recipe.yaml"), RECIPE);
        LauncherProcess quiet = start(recipe, "quiet");
        quiet.ended(0, RUN);

        LauncherProcess disturbed = start(recipe, "disturbed");
        for (String victim : VICTIMS) {
            killAndAwaitRestart(disturbed, victim);
        }
        disturbed.ended(0, RUN);

        assertThat(summary("disturbed").path("weightsSha256").asString())
                .isEqualTo(summary("quiet").path("weightsSha256").asString())
                .hasSize(64);
        assertThat(summary("disturbed").path("selectedWeightsSha256"))
                .isEqualTo(summary("quiet").path("selectedWeightsSha256"));
        assertThat(summary("disturbed").path("consumed").asString()).hasSize(64);
        assertThat(disturbed.output()).contains("restart");
        String runId = runId("disturbed");
        assertThat(verify("disturbed", runId)).contains("640 steps, each once", "the ledger holds");

        forge("disturbed");
        assertThat(verify("disturbed", runId))
                .contains("step 7 is twice in", "with different bytes", "the ledger does not hold");
    }

    private LauncherProcess start(Path recipe, String name) throws IOException {
        return LauncherProcess.start(
                directory.resolve(name + ".log"),
                "run",
                recipe.toString(),
                "--work",
                directory.resolve(name).toString());
    }

    private void killAndAwaitRestart(LauncherProcess run, String victim) throws Exception {
        Path pids = new WorkDirectory(directory.resolve("disturbed")).pids();
        await(run, victim + " works", () -> isWorking(pids, victim));
        long killed = Objects.requireNonNull(ProcessIds.read(pids).get(victim));
        ProcessHandle process = ProcessHandle.of(killed).orElseThrow();
        assertThat(process.destroyForcibly()).as("SIGKILL for %s", victim).isTrue();
        await(run, victim + " is gone", () -> !process.isAlive());
        await(run, victim + " is restarted", () -> {
            Long pid = ProcessIds.read(pids).get(victim);
            return pid != null && pid != killed;
        });
    }

    /** Long enough in its life to have begun to work: a service opens its port when it is up. */
    private boolean isWorking(Path pids, String victim) {
        Long pid = ProcessIds.read(pids).get(victim);
        return pid != null
                && ProcessHandle.of(pid)
                        .flatMap(process -> process.info().startInstant())
                        .filter(start -> start.plusSeconds(4).isBefore(Instant.now()))
                        .isPresent();
    }

    private void await(LauncherProcess run, String what, BooleanSupplier condition) throws Exception {
        Instant deadline = Instant.now().plus(RESTART);
        while (!condition.getAsBoolean()) {
            if (!run.isAlive() || Instant.now().isAfter(deadline)) {
                fail("waited in vain until " + what + ":\n" + run.output());
            }
            Thread.sleep(50);
        }
    }

    private String runId(String name) throws IOException {
        try (var files = Files.list(directory.resolve(name).resolve("store/runs"))) {
            return files.findFirst().orElseThrow().getFileName().toString();
        }
    }

    /** What the ledger says, by a command as a user types it. */
    private String verify(String name, String runId) {
        StringWriter out = new StringWriter();
        CommandLine line = Polyphony.commandLine().setOut(new PrintWriter(out));
        int exit =
                line.execute("verify", runId, "--work", directory.resolve(name).toString());
        assertThat(exit).as(out.toString()).isEqualTo(out.toString().contains("BROKEN") ? 1 : 0);
        return out.toString();
    }

    /** Adds logits of step 7 that nobody learned from: those of another member order, say. */
    private void forge(String name) throws Exception {
        WorkDirectory work = new WorkDirectory(directory.resolve(name));
        String streamId = StoredStream.in(work.records()).get(0).streamId();
        try (WorkBroker broker = WorkBroker.open(work, null)) {
            KafkaClients clients = broker.cluster().clients();
            TeacherLogits logits = Objects.requireNonNull(new RecordedStream(clients, streamId)
                    .logits(new StepRange(7, 7))
                    .get(7L));
            float[] values = logits.logits().toFloats();
            values[0] += 1;
            TeacherLogits forged = new TeacherLogits(
                    streamId,
                    7,
                    0,
                    1,
                    logits.ensembleId(),
                    Tensor.ofFloats(values, logits.logits().dimensions()));
            String topic = new StreamTopics(streamId).logits();
            try (Producer<byte[], byte[]> producer = clients.producer("forger", new RecordLimits(1 << 20), null)) {
                producer.send(new ProducerRecord<>(topic, 3, StreamTopics.key(7), forged.encode()))
                        .get();
            }
        }
    }

    private JsonNode summary(String name) throws IOException {
        try (var files = Files.walk(directory.resolve(name).resolve("store/runs"))) {
            Path summary = files.filter(file -> file.endsWith("summary.json"))
                    .findFirst()
                    .orElseThrow();
            return JsonMapper.builder().build().readTree(Files.readAllBytes(summary));
        }
    }
}
