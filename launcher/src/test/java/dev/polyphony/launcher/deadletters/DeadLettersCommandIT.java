package dev.polyphony.launcher.deadletters;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.polyphony.experiment.StreamPlan;
import dev.polyphony.launcher.Polyphony;
import dev.polyphony.launcher.WorkDirectory;
import dev.polyphony.launcher.broker.WorkBroker;
import dev.polyphony.launcher.export.Steps;
import dev.polyphony.streaming.KafkaClients;
import dev.polyphony.streaming.PlanSubmission;
import dev.polyphony.streaming.RecordLimits;
import dev.polyphony.streaming.StreamTopics;
import dev.polyphony.streaming.TopicScan;
import dev.polyphony.streaming.TopicSetup;
import dev.polyphony.streaming.letters.DeadLetterTopic;
import dev.polyphony.wire.Minibatch;
import dev.polyphony.wire.PlanStep;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DeadLettersCommandIT {

    private static final RecordLimits LIMITS = new RecordLimits(1 << 16);
    private static final StreamTopics TOPICS = new StreamTopics(Steps.STREAM);
    private static final int PARTITIONS = 2;
    private static final int STEPS = 6;
    private static final byte[] GARBAGE = "garbage".getBytes(UTF_8);

    @TempDir
    private Path directory = Path.of("");

    @Test
    void lettersAreListed_andMadeUpFor() throws Exception {
        WorkDirectory work = new WorkDirectory(directory.resolve("work"));
        Files.createDirectories(work.kafka());
        Files.writeString(work.kafka().resolve("ports"), "");
        try (WorkBroker broker = WorkBroker.open(work, null)) {
            KafkaClients clients = broker.cluster().clients();
            record(clients);
            assertThat(dlt("list", work)).contains("has no dead letters");
            putAside(clients);

            assertThat(dlt("list", work).lines()).hasSize(4).anySatisfy(line -> assertThat(line)
                    .startsWith(TOPICS.minibatches() + " partition 0 offset ")
                    .contains("(key 2, put aside ", "cannot be read, says the test"));

            String plan = dlt("republish", work, "--dry-run");
            assertThat(plan)
                    .contains("(key 5): step 5 is there all the same; forgotten")
                    .contains("(key 2): damaged; step 2 is made again from " + TOPICS.plan())
                    .contains("(key 3): can be read now; written again")
                    .contains("(key 4): damaged; step 4 is made again from " + TOPICS.minibatches());
            assertThat(again(clients, TOPICS.plan())).isEmpty();

            assertThat(dlt("republish", work)).startsWith(plan).contains("run the recipe again");
            assertThat(again(clients, TOPICS.plan()))
                    .extracting(record -> PlanStep.decode(record.value()).step())
                    .containsExactly(2L);
            assertThat(again(clients, TOPICS.minibatches()))
                    .extracting(record -> Minibatch.decode(record.value()).step())
                    .containsExactlyInAnyOrder(3L, 4L);
            assertThat(again(clients, TOPICS.minibatches()))
                    .filteredOn(record -> StreamTopics.step(record.key()) == 3)
                    .allSatisfy(record -> assertThat(record.value())
                            .isEqualTo(Steps.minibatch(3, 2).encode()));
            assertThat(dlt("list", work)).contains("has no dead letters");
            assertThat(dlt("republish", work)).contains("has no dead letters");
        }
    }

    /** Step 2's minibatch and step 4's logits are damaged; a stranger has written to the plan. */
    private static void record(KafkaClients clients) throws Exception {
        try (Admin admin = clients.admin()) {
            new TopicSetup(PARTITIONS, (short) 1).ensure(admin, TOPICS, LIMITS);
        }
        new PlanSubmission(clients).submit(TOPICS, new StreamPlan(2 * STEPS, 2, 1, Steps.SEED));
        try (Producer<byte[], byte[]> producer = clients.producer("test", LIMITS, null)) {
            send(producer, TOPICS.plan(), 5, GARBAGE);
            for (long step = 0; step < STEPS; step++) {
                byte[] minibatch = Steps.minibatch(step, 2).encode();
                byte[] logits = Steps.logits(step, 2).encode();
                send(producer, TOPICS.minibatches(), step, step == 2 ? GARBAGE : minibatch);
                if (step != 2) {
                    send(producer, TOPICS.logits(), step, step == 4 ? GARBAGE : logits);
                }
            }
        }
    }

    private static void send(Producer<byte[], byte[]> producer, String topic, long step, byte[] value)
            throws Exception {
        producer.send(new ProducerRecord<>(
                        topic, StreamTopics.partitionOf(step, PARTITIONS), StreamTopics.key(step), value))
                .get();
    }

    /** What is damaged, and minibatch 3, which a version with a mistake could not read. */
    private static void putAside(KafkaClients clients) {
        for (String topic : TOPICS.all()) {
            List<ConsumerRecord<byte[], byte[]>> unreadable = new ArrayList<>();
            TopicScan.committed(clients, topic, LIMITS, record -> {
                boolean mistaken = topic.equals(TOPICS.minibatches()) && StreamTopics.step(record.key()) == 3;
                if (mistaken || java.util.Arrays.equals(record.value(), GARBAGE)) {
                    unreadable.add(record);
                }
            });
            DeadLetterTopic letters = new DeadLetterTopic(clients, topic, LIMITS);
            for (ConsumerRecord<byte[], byte[]> record : unreadable) {
                assertThat(letters.put(record, "cannot be read, says the test")).isTrue();
                assertThat(letters.put(record, "cannot be read, says the test")).isFalse();
            }
        }
    }

    private static List<ConsumerRecord<byte[], byte[]>> again(KafkaClients clients, String topic) {
        List<ConsumerRecord<byte[], byte[]>> found = new ArrayList<>();
        TopicScan.committed(clients, topic, LIMITS, record -> {
            if (record.headers().lastHeader(DeadLetterTopic.REPUBLISHED) != null) {
                found.add(record);
            }
        });
        return found;
    }

    private static String dlt(String command, WorkDirectory work, String... more) {
        StringWriter out = new StringWriter();
        List<String> arguments = new ArrayList<>(
                List.of("dlt", command, Steps.STREAM, "--work", work.root().toString()));
        arguments.addAll(List.of(more));
        int exit = Polyphony.commandLine()
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(out))
                .execute(arguments.toArray(String[]::new));
        assertThat(exit).as(out.toString()).isZero();
        return out.toString();
    }
}
