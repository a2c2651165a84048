package dev.polyphony.launcher.export;

import static org.assertj.core.api.Assertions.assertThat;

import dev.polyphony.experiment.StreamPlan;
import dev.polyphony.experiment.UserMistake;
import dev.polyphony.launcher.WorkDirectory;
import dev.polyphony.launcher.broker.WorkBroker;
import dev.polyphony.launcher.recorded.RecordedStream;
import dev.polyphony.streaming.KafkaClients;
import dev.polyphony.streaming.PlanSubmission;
import dev.polyphony.streaming.RecordLimits;
import dev.polyphony.streaming.StreamTopics;
import dev.polyphony.streaming.TopicSetup;
import dev.polyphony.wire.StepRecord;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class ExportStreamIT {

    private static final RecordLimits LIMITS = new RecordLimits(1 << 16);
    private static final StreamTopics TOPICS = new StreamTopics(Steps.STREAM);
    private static final int PARTITIONS = 2;
    private static final int RECORDED = 5;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir
    private Path directory = Path.of("");

    @Test
    void steps_areFoundInEveryPartitionWithAndWithoutARunningBroker() throws Exception {
        WorkDirectory work = new WorkDirectory(directory.resolve("work"));
        assertThat(export(work, "0..1")).isEqualTo(2);
        assertThat(err.toString()).contains("no stream has been recorded");
        Files.createDirectories(work.kafka());
        Files.writeString(work.kafka().resolve("ports"), "");

        try (WorkBroker running = WorkBroker.open(work, null)) {
            record(running.clients());
            RecordedStream stream = new RecordedStream(running.clients(), Steps.STREAM);
            assertThat(stream.steps()).isEqualTo(RECORDED);
            assertThat(stream.planned()).isEqualTo(RECORDED + 1);
            // The work directory is locked by this process, as by a run in progress.
            assertThat(export(work, "1..3")).as(err.toString()).isZero();
        }
        assertThat(archive().get("indices").toInts()).containsExactly(100, 101, 200, 201, 300, 301);

        assertThat(export(work, "4")).as(err.toString()).isZero();
        assertThat(archive().get("logits").shape()).containsExactly(2, 2, 3);

        assertThat(export(work, "3..5")).isEqualTo(2);
        assertThat(err.toString()).contains("steps 0..4 are recorded, not all of 3..5");
    }

    private static void record(KafkaClients clients) {
        try (Admin admin = clients.admin()) {
            new TopicSetup(PARTITIONS, (short) 1).ensure(admin, TOPICS, LIMITS);
        }
        new PlanSubmission(clients).submit(TOPICS, new StreamPlan(2 * (RECORDED + 1), 2, 1, Steps.SEED));
        try (Producer<byte[], byte[]> producer = clients.producer("test", LIMITS, "test")) {
            producer.initTransactions();
            for (long step = 0; step < RECORDED; step++) {
                producer.beginTransaction();
                send(producer, TOPICS.minibatches(), Steps.minibatch(step, 2));
                if (step == 2) {
                    // A redelivered step comes twice.
                    send(producer, TOPICS.minibatches(), Steps.minibatch(step, 2));
                }
                send(producer, TOPICS.logits(), Steps.logits(step, 2));
                producer.commitTransaction();
            }
        }
    }

    private static void send(Producer<byte[], byte[]> producer, String topic, StepRecord record) {
        var unused = producer.send(new ProducerRecord<>(
                topic,
                StreamTopics.partitionOf(record.step(), PARTITIONS),
                StreamTopics.key(record.step()),
                record.encode()));
    }

    private Archive archive() {
        return Archive.read(directory.resolve("steps.npz"));
    }

    private int export(WorkDirectory work, String steps) {
        CommandLine line = new CommandLine(new ExportCommand())
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .setExecutionExceptionHandler((failure, command, parsed) -> {
                    command.getErr().println(failure);
                    return failure instanceof UserMistake ? 2 : 1;
                });
        return line.execute(
                "stream",
                Steps.STREAM,
                "--steps",
                steps,
                "--to",
                directory.resolve("steps.npz").toString(),
                "--work",
                work.root().toString());
    }
}
