package dev.polyphony.launcher.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.polyphony.datasets.Experiment;
import dev.polyphony.experiment.StreamParts;
import dev.polyphony.experiment.StreamPlan;
import dev.polyphony.launcher.Polyphony;
import dev.polyphony.launcher.WorkDirectory;
import dev.polyphony.launcher.WorkLock;
import dev.polyphony.launcher.broker.WorkBroker;
import dev.polyphony.models.store.DirectoryModelStore;
import dev.polyphony.models.store.StreamFiles;
import dev.polyphony.streaming.KafkaClients;
import dev.polyphony.streaming.PlanSubmission;
import dev.polyphony.streaming.RecordLimits;
import dev.polyphony.streaming.StreamTopics;
import dev.polyphony.streaming.TopicSetup;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Streams leave a real broker, come back to another, are listed and deleted. */
class ArchiveIT {

    private static final RecordLimits LIMITS = new RecordLimits(1 << 16);
    private static final int PARTITIONS = 2;
    private static final int STEPS = 7;
    private static final long LONG_AGO = 1_000_000_000_000L;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir
    private Path directory = Path.of("");

    private final Experiment experiment = Experiment.open("tiny", Path.of("data"));
    private final StreamTopics topics = new StreamTopics(experiment.identities().streamId());

    private String servers = "";

    /** One after the other, for a broker takes its time to start. */
    @Test
    void aStream_leavesComesBackAndIsDeleted() throws Exception {
        Path archive = directory.resolve("archive");
        assertThat(run("streams")).isZero();
        assertThat(out.toString()).contains("no stream has been recorded");
        describe();
        assertThat(run("streams")).isZero();
        assertThat(out.toString()).contains(topics.streamId(), "not on this broker", "trainSamples");

        try (WorkBroker broker = WorkBroker.openOrCreate(new WorkDirectory(directory.resolve("broker")), null)) {
            servers = broker.cluster().bootstrapServers();
            isArchived(archive);
            isListed();
            isDeleted();
            damagedArchives_changeNothing(archive);
            interruptedRestoring_isDoneAgain(archive);
            comesBackByteForByte(archive);
            otherRecords_areNotOverwritten(archive);
        }
    }

    private void isArchived(Path archive) throws Exception {
        record(STEPS - 1);
        assertThat(run("archive", topics.streamId(), "--to", archive.toString()))
                .isEqualTo(2);
        assertThat(err.toString()).contains("is not complete: 6 of 7 steps are recorded");
        assertThat(run("archive", "ffffffffffff", "--to", archive.toString())).isEqualTo(2);
        assertThat(err.toString()).contains("does not say what determines stream ffffffffffff");
        assertThat(archive).doesNotExist();
        send(STEPS - 1);
        assertThat(run("archive", topics.streamId(), "--to", archive.toString()))
                .as(err.toString())
                .isZero();
        assertThat(filesOf(directory)).contains("archive").noneMatch(name -> name.endsWith(".part"));
        assertThat(filesOf(archive))
                .containsExactlyInAnyOrder(
                        "manifest.json",
                        "plan-0.records",
                        "plan-1.records",
                        "minibatches-0.records",
                        "minibatches-1.records",
                        "logits-0.records",
                        "logits-1.records");
        assertThat(run("archive", topics.streamId(), "--to", archive.toString()))
                .isEqualTo(2);
        assertThat(err.toString()).contains("exists and is not empty");
    }

    private void isListed() throws IOException {
        Files.createDirectories(work().run("0123456789ab", ""));
        Files.writeString(
                work().run("0123456789ab", "run.json"),
                "{\"recipe\":{\"name\":\"mine\"},\"identities\":{\"streamId\":\"" + topics.streamId()
                        + "\",\"ensembleId\":\"x\"}}");
        assertThat(run("streams")).as(err.toString()).isZero();
        assertThat(out.toString())
                .containsPattern(topics.streamId() + " +complete +7 +7 .* 1\\R")
                .contains("run 0123456789ab of recipe mine, not finished");
        assertThat(run("streams", "--json")).isZero();
        JsonNode stream = JsonMapper.builder().build().readTree(out.toString()).path(0);
        assertThat(stream.path("state").asString()).isEqualTo("complete");
        assertThat(stream.path("steps").asInt()).isEqualTo(STEPS);
        assertThat(stream.path("bytes").asLong()).isGreaterThan(STEPS * 1000L);
        assertThat(stream.path("parts").path("dataset").path("name").asString())
                .isEqualTo(experiment.recipe().dataset().name());
        assertThat(stream.path("students").path(0).path("state").asString()).isEqualTo("unfinished");
    }

    private void isDeleted() throws Exception {
        assertThat(run("delete", "ffffffffffff", "--yes")).isEqualTo(2);
        assertThat(err.toString()).contains("there is no stream, run or ensemble ffffffffffff");
        assertThat(run("delete", topics.streamId())).isEqualTo(2);
        assertThat(err.toString()).contains("--yes says that this may be deleted");
        assertThat(out.toString())
                .contains(
                        "deleting stream " + topics.streamId() + " frees ",
                        "run 0123456789ab (not finished): it cannot");
        WorkLock run = WorkLock.take(work());
        assertThat(run("delete", topics.streamId(), "--yes")).isEqualTo(2);
        run.close();
        assertThat(err.toString()).contains("is using the work directory");
        assertThat(run("delete", topics.streamId(), "--yes")).as(err.toString()).isZero();
        try (Admin admin = KafkaClients.of(servers).admin()) {
            assertThat(admin.listTopics().names().get()).noneMatch(topic -> topic.contains(topics.streamId()));
        }
        assertThat(run("delete", topics.streamId(), "--yes")).isEqualTo(2);
        assertThat(run("delete", "0123456789ab", "--yes")).as(err.toString()).isZero();
        assertThat(work().run("0123456789ab", "")).doesNotExist();
    }

    private void damagedArchives_changeNothing(Path archive) throws Exception {
        Path damaged = Files.createDirectory(directory.resolve("damaged"));
        for (String file : filesOf(archive)) {
            Files.copy(archive.resolve(file), damaged.resolve(file));
        }
        Path victim = damaged.resolve("logits-1.records");
        byte[] flipped = Files.readAllBytes(victim);
        flipped[flipped.length / 2] ^= 1;
        Files.write(victim, flipped);
        assertThat(run("restore", damaged.toString())).isEqualTo(2);
        assertThat(err.toString()).contains("logits-1.records has SHA-256 ", "it was altered");
        Files.write(victim, List.of("short"));
        assertThat(run("restore", damaged.toString())).isEqualTo(2);
        assertThat(err.toString()).contains("it was altered or cut off");
        Files.delete(victim);
        assertThat(run("restore", damaged.toString())).isEqualTo(2);
        assertThat(err.toString()).contains("the archive is not whole: there is no ");
        Path manifest = damaged.resolve("manifest.json");
        String text = Files.readString(manifest);
        assertThat(text).containsPattern("\"epochs\" : \\d+");
        Files.writeString(manifest, text.replaceFirst("\"epochs\" : \\d+", "\"epochs\" : 77"));
        assertThat(run("restore", damaged.toString())).isEqualTo(2);
        assertThat(err.toString()).contains("was altered: its parts come to the stream ");
        assertThat(run("restore", directory.toString())).isEqualTo(2);
        assertThat(err.toString()).contains("there is no archive in ");
        try (Admin admin = KafkaClients.of(servers).admin()) {
            assertThat(admin.listTopics().names().get()).noneMatch(topic -> topic.contains(topics.streamId()));
        }
    }

    /** Half of it is there, and so is the sign that it is being restored. */
    private void interruptedRestoring_isDoneAgain(Path archive) throws Exception {
        record(3);
        try (Admin admin = KafkaClients.of(servers).admin()) {
            admin.createTopics(List.of(new NewTopic(topics.restoring(), 1, (short) 1)))
                    .all()
                    .get();
            assertThatThrownBy(() -> new TopicSetup(PARTITIONS, (short) 1).ensure(admin, topics, LIMITS))
                    .hasMessageContaining("its restoring was interrupted");
        }
        describe();
        assertThat(run("streams")).isZero();
        assertThat(out.toString()).contains("not wholly restored");
        assertThat(run("restore", archive.toString())).as(err.toString()).isZero();
        assertThat(out.toString())
                .contains("was interrupted: what it left is deleted", topics.streamId() + ": restored, 7 steps");
        assertThat(run("restore", archive.toString())).as(err.toString()).isZero();
        assertThat(out.toString()).contains("was there already, record for record");
    }

    private void comesBackByteForByte(Path archive) throws Exception {
        Path again = directory.resolve("again");
        assertThat(run("archive", topics.streamId(), "--to", again.toString()))
                .as(err.toString())
                .isZero();
        int compared = 0;
        for (String file : filesOf(archive)) {
            if (file.endsWith(".records")) {
                assertThat(again.resolve(file)).hasSameBinaryContentAs(archive.resolve(file));
                compared++;
            }
        }
        assertThat(compared).isEqualTo(3 * PARTITIONS);
    }

    private void otherRecords_areNotOverwritten(Path archive) throws Exception {
        send(STEPS);
        assertThat(run("restore", archive.toString())).isEqualTo(2);
        assertThat(err.toString()).contains("and not the one of the archive", "polyphony delete " + topics.streamId());
    }

    private WorkDirectory work() {
        return new WorkDirectory(directory.resolve("work"));
    }

    private void describe() {
        new StreamFiles(new DirectoryModelStore(work().store()))
                .keep(StreamParts.of(experiment.recipe(), experiment.dataset().checksums(), work().imported()));
    }

    private void record(int steps) throws Exception {
        KafkaClients clients = KafkaClients.of(servers);
        try (Admin admin = clients.admin()) {
            new TopicSetup(PARTITIONS, (short) 1).ensure(admin, topics, LIMITS);
        }
        new PlanSubmission(clients).submit(topics, new StreamPlan(2 * STEPS, 2, 1, 1));
        for (int step = 0; step < steps; step++) {
            send(step);
        }
    }

    /** A step in a transaction of its own, after one that was aborted: neither leaves a trace but in offsets. */
    private void send(int step) throws Exception {
        try (Producer<byte[], byte[]> producer = KafkaClients.of(servers).producer("test", LIMITS, "test")) {
            producer.initTransactions();
            producer.beginTransaction();
            producer.send(record(topics.minibatches(), step, new byte[10])).get();
            producer.abortTransaction();
            producer.beginTransaction();
            byte[] value = new byte[1000 + step];
            new Random(step).nextBytes(value);
            var minibatch = producer.send(record(topics.minibatches(), step, value));
            var logits = producer.send(record(topics.logits(), step, value));
            producer.commitTransaction();
            assertThat(minibatch).isDone();
            assertThat(logits).isDone();
        }
    }

    private static ProducerRecord<byte[], byte[]> record(String topic, int step, byte[] value) {
        List<Header> headers = step % 3 == 0
                ? List.of(new RecordHeader("origin", "a test".getBytes(StandardCharsets.UTF_8)))
                : List.of();
        TopicPartition target = new TopicPartition(topic, StreamTopics.partitionOf(step, PARTITIONS));
        return new ProducerRecord<>(topic, target.partition(), LONG_AGO + step, StreamTopics.key(step), value, headers);
    }

    private static List<String> filesOf(Path directory) throws IOException {
        try (var files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    private int run(String command, String... arguments) {
        out.getBuffer().setLength(0);
        err.getBuffer().setLength(0);
        CommandLine line =
                Polyphony.commandLine().setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
        List<String> all = new ArrayList<>(List.of(command));
        all.addAll(List.of(arguments));
        all.addAll(List.of("--work", work().root().toString()));
        if (!servers.isEmpty()) {
            all.addAll(List.of("--bootstrap-servers", servers));
        }
        return line.execute(all.toArray(String[]::new));
    }
}
