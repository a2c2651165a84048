package dev.polyphony.streaming.testing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import dev.polyphony.experiment.Sha256;
import dev.polyphony.streaming.Backlog;
import dev.polyphony.streaming.Backlog.Uncommitted;
import dev.polyphony.streaming.LostRecordsException;
import dev.polyphony.streaming.MissingStepException;
import dev.polyphony.streaming.RecordLimits;
import dev.polyphony.streaming.StreamProgress;
import dev.polyphony.streaming.StreamTopics;
import dev.polyphony.streaming.TopicSetup;
import dev.polyphony.streaming.TopicSetup.UnfitTopicsException;
import dev.polyphony.streaming.letters.DeadLetter;
import dev.polyphony.streaming.letters.DeadLetterTopic;
import dev.polyphony.streaming.pacing.Pacing;
import dev.polyphony.streaming.pacing.StudentProgress;
import dev.polyphony.streaming.pacing.StudentReporter;
import dev.polyphony.streaming.pipeline.Stage;
import dev.polyphony.streaming.pipeline.StepGate;
import dev.polyphony.streaming.reader.Consumed;
import dev.polyphony.streaming.reader.OrderedStreamReader;
import dev.polyphony.streaming.reader.StreamPosition;
import dev.polyphony.streaming.reader.Taught;
import dev.polyphony.streaming.testing.StreamFixture.Running;
import dev.polyphony.wire.Minibatch;
import dev.polyphony.wire.PlanStep;
import dev.polyphony.wire.TeacherLogits;
import dev.polyphony.wire.Tensor;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.LongStream;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.FencedInstanceIdException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;

/** What the streaming library promises of any broker. Each test has a stream of its own. */
abstract class StreamingContract {

    private static final RecordLimits LIMITS = new RecordLimits(1 << 16);
    private static final Duration LONG = Duration.ofMinutes(2);

    abstract String bootstrapServers();

    private StreamFixture stream(int partitions, int steps) {
        return new StreamFixture(bootstrapServers(), partitions, steps, LIMITS);
    }

    private static List<Long> upTo(long steps) {
        return LongStream.range(0, steps).boxed().toList();
    }

    @Test
    void plan_isWrittenOnce() throws Exception {
        try (StreamFixture stream = stream(3, 50)) {
            assertThat(stream.submit()).isTrue();
            assertThat(stream.submit()).isFalse();
            assertThat(stream.steps(stream.topics.plan())).isEqualTo(upTo(50));
            assertThat(StreamProgress.of(stream.clients, stream.topics.plan(), LIMITS))
                    .isEqualTo(new StreamProgress(stream.topics.plan(), List.of(48L, 49L, 47L)));
        }
    }

    @Test
    void plan_ofTwoAtOnce_isWrittenOnce() throws Exception {
        try (StreamFixture stream = stream(2, 400)) {
            CompletableFuture<Boolean> other = CompletableFuture.supplyAsync(stream::submit);
            boolean mine = stream.submit();
            assertThat(List.of(mine, other.get())).containsExactlyInAnyOrder(true, false);
            assertThat(stream.steps(stream.topics.plan())).isEqualTo(upTo(400));
        }
    }

    @Test
    void progress_ofMissingTopic_isNone() throws Exception {
        try (StreamFixture stream = stream(1, 1)) {
            StreamProgress progress = StreamProgress.of(stream.clients, "polyphony.nothing.plan", LIMITS);
            assertThat(progress.highest()).isEmpty();
            assertThat(progress.complete(1)).isFalse();
        }
    }

    @Test
    void topics_thatDoNotFit_areRefused() throws Exception {
        try (StreamFixture stream = stream(2, 1)) {
            stream.admin
                    .createPartitions(Map.of(stream.topics.logits(), NewPartitions.increaseTo(3)))
                    .all()
                    .get();
            TopicSetup again = new TopicSetup(2, (short) 1);
            await().atMost(LONG).untilAsserted(() -> assertThatExceptionOfType(UnfitTopicsException.class)
                    .isThrownBy(() -> again.ensure(stream.admin, stream.topics, LIMITS))
                    .withMessageContaining("must have equal numbers of partitions"));
        }
    }

    @Test
    void recordedStream_isReadInOrder_andResumedExactly() throws Exception {
        try (StreamFixture stream = stream(3, 40)) {
            stream.record();
            assertThat(stream.steps(stream.topics.minibatches())).isEqualTo(upTo(40));
            assertThat(stream.steps(stream.topics.logits())).isEqualTo(upTo(40));
            StreamPosition middle;
            try (OrderedStreamReader reader = stream.reader(StreamPosition.beginning(3))) {
                expect(reader, 0, 17);
                middle = reader.position();
                assertThat(middle.nextStep()).isEqualTo(17);
            }
            try (OrderedStreamReader reader = stream.reader(middle)) {
                expect(reader, 17, 40);
                assertThat(reader.duplicates()).isZero();
                assertThat(reader.poll(Duration.ofMillis(10))).isNull();
                assertThat(reader.secondsWaiting()).isPositive();
                assertThat(reader.missing()).isEqualTo("step 40 lacks its minibatch and logits");
            }
        }
    }

    @Test
    void minibatchWithoutLogits_isSaidToLackThem() throws Exception {
        try (StreamFixture stream = stream(1, 1)) {
            send(stream, stream.topics.minibatches(), 0, minibatchOf(stream, 0).encode());
            try (OrderedStreamReader reader = stream.reader(StreamPosition.beginning(1))) {
                await().atMost(LONG)
                        .untilAsserted(() -> assertThat(reader.missing()).isEqualTo("step 0 lacks its logits"));
                assertThat(reader.poll(Duration.ofMillis(10))).isNull();
            }
        }
    }

    @Test
    void readerFromAStep_passesOverTheEarlierOnes() throws Exception {
        try (StreamFixture stream = stream(3, 40)) {
            stream.record();
            try (OrderedStreamReader reader = stream.reader(StreamPosition.before(23, 3))) {
                expect(reader, 23, 40);
                assertThat(reader.duplicates()).isZero();
            }
        }
    }

    private static void expect(OrderedStreamReader reader, long from, long to) throws InterruptedException {
        for (long step = from; step < to; step++) {
            Taught taught = reader.poll(LONG);
            assertThat(taught).as("step %d", step).isNotNull();
            assertThat(taught.step()).isEqualTo(step);
            assertThat(taught.minibatch().labels().toInts()).containsOnly((int) step);
            assertThat(taught.logits().logits().toFloats()).containsOnly((float) step);
        }
    }

    @Test
    void replicaKilledInMidTransaction_leavesNoGapAndNoDuplicate() throws Exception {
        try (StreamFixture stream = stream(2, 30)) {
            stream.submit();
            // What a replica looks like that died after sending and before committing: an open transaction under its
            // name.
            String id = stream.topics.transactionalId("perturb", "0");
            Producer<byte[], byte[]> dead = stream.clients.producer(id, LIMITS, id);
            dead.initTransactions();
            dead.beginTransaction();
            Minibatch half = stream.minibatch(new PlanStep(stream.topics.streamId(), 0, 0, 0, 2));
            dead.send(new ProducerRecord<>(stream.topics.minibatches(), 0, StreamTopics.key(0), half.encode()))
                    .get();
            stream.start(stream.perturb("0", stream::minibatch, StepGate.OPEN)).end();
            assertThat(stream.steps(stream.topics.minibatches())).isEqualTo(upTo(30));
            dead.close(Duration.ZERO);
        }
    }

    @Test
    void replicaThatCrashes_isContinuedByItsSuccessor() throws Exception {
        try (StreamFixture stream = stream(2, 30)) {
            stream.submit();
            AtomicInteger calls = new AtomicInteger();
            Running first = stream.start(stream.perturb(
                    "0",
                    step -> {
                        if (calls.incrementAndGet() == 11) {
                            throw new IllegalStateException("out of memory, say");
                        }
                        return stream.minibatch(step);
                    },
                    StepGate.OPEN));
            assertThat(first.failure()).hasMessage("out of memory, say");
            stream.start(stream.perturb("0", stream::minibatch, StepGate.OPEN)).end();
            assertThat(stream.steps(stream.topics.minibatches())).isEqualTo(upTo(30));
        }
    }

    @Test
    void successorOfTheSameName_fencesTheOlder() throws Exception {
        try (StreamFixture stream = stream(2, 4000)) {
            stream.submit();
            AtomicLong seen = new AtomicLong();
            Running old = stream.start(stream.perturb("0", slow(stream, seen, 20), StepGate.OPEN));
            await().atMost(LONG).until(() -> seen.get() > 3);
            Running young = stream.start(stream.perturb("0", slow(stream, new AtomicLong(), 20), StepGate.OPEN));
            assertThat(old.failure())
                    .satisfiesAnyOf(
                            failure -> assertThat(failure).hasRootCauseInstanceOf(ProducerFencedException.class),
                            failure -> assertThat(failure).isInstanceOf(ProducerFencedException.class),
                            failure -> assertThat(failure).isInstanceOf(FencedInstanceIdException.class),
                            failure -> assertThat(failure).hasMessageContaining("epoch"));
            young.stopAndJoin();
            List<Long> steps = stream.steps(stream.topics.minibatches());
            assertThat(steps).doesNotHaveDuplicates();
        }
    }

    private static Stage<PlanStep, Minibatch> slow(StreamFixture stream, AtomicLong seen, long millis) {
        return step -> {
            seen.incrementAndGet();
            try {
                Thread.sleep(millis);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            return stream.minibatch(step);
        };
    }

    @Test
    void twoReplicas_shareTheSteps_andOneTakesOverWhenTheOtherLeaves() throws Exception {
        try (StreamFixture stream = stream(4, 200)) {
            stream.submit();
            AtomicLong one = new AtomicLong();
            AtomicLong two = new AtomicLong();
            // Does not finish alone, however long the other takes to come.
            StepGate leaving = step -> step < 24 || two.get() > 5;
            Running first = stream.start(stream.perturb("0", slow(stream, one, 10), leaving));
            Running second = stream.start(stream.perturb("1", slow(stream, two, 10), StepGate.OPEN));
            await().atMost(LONG).until(() -> one.get() > 5 && two.get() > 5);
            first.stopAndJoin();
            second.end();
            assertThat(stream.steps(stream.topics.minibatches())).isEqualTo(upTo(200));
        }
    }

    @Test
    void gate_holdsTheLeadOverTheStudent() throws Exception {
        try (StreamFixture stream = stream(2, 30)) {
            stream.submit();
            StreamPosition begin = StreamPosition.beginning(2);
            try (StudentReporter student =
                            new StudentReporter(stream.admin, stream.topics, "run1", begin, Clock.systemUTC());
                    Pacing pacing = new Pacing(() -> students(stream), 5)) {
                Running running = stream.start(stream.perturb("0", stream::minibatch, pacing));
                await().atMost(LONG).until(() -> recorded(stream) == 5);
                Thread.sleep(700);
                assertThat(recorded(stream)).isEqualTo(5);
                student.at(new StreamPosition(12, begin.minibatches(), begin.logits()));
                await().atMost(LONG).until(() -> recorded(stream) == 17);
                student.at(new StreamPosition(30, begin.minibatches(), begin.logits()));
                running.end();
            }
            assertThat(students(stream).students()).containsEntry("run1", new StudentProgress.Student(30, false));
        }
    }

    private static StudentProgress students(StreamFixture stream) {
        return StudentProgress.read(stream.admin, stream.topics, Instant.now());
    }

    private static long recorded(StreamFixture stream) {
        return StreamProgress.of(stream.clients, stream.topics.minibatches(), LIMITS)
                .nextStep();
    }

    @Test
    void unreadableRecord_goesToTheDeadLettersUnchanged_andTheHoleIsReported() throws Exception {
        try (StreamFixture stream = stream(1, 6)) {
            byte[] poison = "not a minibatch".getBytes(UTF_8);
            send(stream, stream.topics.minibatches(), 0, minibatchOf(stream, 0).encode());
            send(stream, stream.topics.minibatches(), 1, poison);
            for (long step = 2; step < 6; step++) {
                send(
                        stream,
                        stream.topics.minibatches(),
                        step,
                        minibatchOf(stream, step).encode());
            }
            stream.start(stream.teach("0")).end();
            List<ConsumerRecord<byte[], byte[]>> letters =
                    stream.committed(StreamTopics.deadLetter(stream.topics.minibatches()));
            assertThat(letters).hasSize(1);
            ConsumerRecord<byte[], byte[]> letter = letters.get(0);
            assertThat(letter.value()).isEqualTo(poison);
            assertThat(letter.key()).isEqualTo(StreamTopics.key(1));
            assertThat(header(letter, DeadLetter.TOPIC)).isEqualTo(stream.topics.minibatches());
            assertThat(header(letter, DeadLetter.PARTITION)).isEqualTo("0");
            assertThat(header(letter, DeadLetter.OFFSET)).isEqualTo("1");
            assertThat(header(letter, DeadLetter.REASON)).contains("not a whole minibatch record");
            assertThat(stream.steps(stream.topics.logits())).isEqualTo(List.of(0L, 2L, 3L, 4L, 5L));
            assertThat(stream.meters.get("polyphony.dead.letters").counter().count())
                    .isEqualTo(1);
            try (OrderedStreamReader reader = stream.reader(StreamPosition.beginning(1))) {
                assertThatExceptionOfType(MissingStepException.class)
                        .isThrownBy(() -> {
                            while (reader.poll(LONG) != null) {}
                        })
                        .withMessageStartingWith("step 1 of ")
                        .withMessageContaining("polyphony dlt");
            }
            // The teacher had put it aside already.
            assertThat(stream.committed(StreamTopics.deadLetter(stream.topics.minibatches())))
                    .hasSize(1);
            fillHole(stream, 1);
            stream.start(stream.teach("0")).end();
            try (OrderedStreamReader reader = stream.reader(StreamPosition.beginning(1))) {
                expect(reader, 0, 6);
            }
        }
    }

    /** What a person does, whose minibatch cannot be read: has it made again, and settles the letter. */
    private static void fillHole(StreamFixture stream, long step) throws Exception {
        String topic = stream.topics.minibatches();
        DeadLetterTopic letters = new DeadLetterTopic(stream.clients, topic, stream.limits);
        assertThat(letters.open()).hasSize(1);
        try (Producer<byte[], byte[]> producer = stream.clients.producer("mender", stream.limits, null)) {
            byte[] mended = minibatchOf(stream, step).encode();
            producer.send(DeadLetterTopic.again(topic, 0, StreamTopics.key(step), mended))
                    .get();
            producer.send(DeadLetterTopic.settling(letters.open().get(0))).get();
        }
        assertThat(letters.open()).isEmpty();
        assertThat(Backlog.exists(
                        stream.clients, stream.topics.group("teacher"), topic, stream.limits, Uncommitted.NONE))
                .isTrue();
    }

    @Test
    void strangersRecords_areLaidAside_andTheStreamGoesOn() throws Exception {
        try (StreamFixture stream = stream(1, 4)) {
            byte[] poison = "not logits".getBytes(UTF_8);
            for (long step = 0; step < 4; step++) {
                Minibatch minibatch = minibatchOf(stream, step);
                send(stream, stream.topics.minibatches(), step, minibatch.encode());
                send(stream, stream.topics.logits(), step, poison);
                send(
                        stream,
                        stream.topics.logits(),
                        step,
                        stream.logits(minibatch).encode());
            }
            for (int restart = 0; restart < 2; restart++) {
                try (OrderedStreamReader reader = stream.reader(StreamPosition.beginning(1))) {
                    expect(reader, 0, 4);
                }
            }
            List<DeadLetter> letters =
                    new DeadLetterTopic(stream.clients, stream.topics.logits(), stream.limits).open();
            assertThat(letters).hasSize(4).allSatisfy(letter -> {
                assertThat(letter.value()).isEqualTo(poison);
                assertThat(letter.reason()).contains("not a whole logits record");
            });
            assertThat(stream.committed(StreamTopics.deadLetter(stream.topics.logits())))
                    .hasSize(4);
        }
    }

    @Test
    void recordLargerThanAnyOfTheStream_isLaidAsideWithoutItsValue() throws Exception {
        try (StreamFixture stream = stream(1, 3)) {
            String topic = stream.topics.minibatches();
            byte[] huge = new byte[20 << 20];
            allow(stream, topic, 2 * huge.length);
            for (long step = 0; step < 3; step++) {
                if (step == 1) {
                    sendHuge(topic, step, huge);
                }
                send(stream, topic, step, minibatchOf(stream, step).encode());
            }
            stream.start(stream.teach("0")).end();
            assertThat(stream.steps(stream.topics.logits())).isEqualTo(upTo(3));
            assertThat(new DeadLetterTopic(stream.clients, topic, stream.limits).open())
                    .singleElement()
                    .satisfies(letter -> {
                        assertThat(letter.value()).isNull();
                        assertThat(letter.reason()).contains(huge.length + " bytes, left in its topic");
                    });
            try (OrderedStreamReader reader = stream.reader(StreamPosition.beginning(1))) {
                expect(reader, 0, 3);
            }
        }
    }

    private static void allow(StreamFixture stream, String topic, int bytes) throws Exception {
        ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
        AlterConfigOp set = new AlterConfigOp(
                new ConfigEntry(TopicConfig.MAX_MESSAGE_BYTES_CONFIG, Integer.toString(bytes)),
                AlterConfigOp.OpType.SET);
        stream.admin
                .incrementalAlterConfigs(Map.of(resource, List.of(set)))
                .all()
                .get();
    }

    private void sendHuge(String topic, long step, byte[] value) throws Exception {
        Map<String, Object> properties = Map.of(
                ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                bootstrapServers(),
                ProducerConfig.MAX_REQUEST_SIZE_CONFIG,
                2 * value.length,
                ProducerConfig.BUFFER_MEMORY_CONFIG,
                4L * value.length);
        try (Producer<byte[], byte[]> producer =
                new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer())) {
            producer.send(new ProducerRecord<>(topic, 0, StreamTopics.key(step), value))
                    .get();
        }
    }

    @Test
    void lastStepThatCannotBeRead_endsTheServiceWithAMessage() throws Exception {
        try (StreamFixture stream = stream(1, 3)) {
            for (long step = 0; step < 3; step++) {
                byte[] value =
                        step == 2 ? new byte[] {1} : minibatchOf(stream, step).encode();
                send(stream, stream.topics.minibatches(), step, value);
            }
            assertThat(stream.start(stream.teach("0")).failure())
                    .isInstanceOf(MissingStepException.class)
                    .hasMessageContaining("step 2 of " + stream.topics.logits() + " is missing")
                    .hasMessageContaining("polyphony dlt list");
        }
    }

    @Test
    void minibatchDeliveredTwice_isTaughtOnce() throws Exception {
        try (StreamFixture stream = stream(1, 4)) {
            for (long step : new long[] {0, 1, 1, 0, 2, 3, 1}) {
                send(
                        stream,
                        stream.topics.minibatches(),
                        step,
                        minibatchOf(stream, step).encode());
            }
            stream.start(stream.teach("0")).end();
            assertThat(stream.steps(stream.topics.logits())).isEqualTo(upTo(4));
            assertThat(stream.meters.get("polyphony.steps.duplicate").counter().count())
                    .isEqualTo(3);
        }
    }

    @Test
    void groupThatWasForgotten_doesNothingTwice() throws Exception {
        try (StreamFixture stream = stream(2, 4000)) {
            stream.submit();
            AtomicLong seen = new AtomicLong();
            Running first = stream.start(stream.perturb("0", slow(stream, seen, 5), StepGate.OPEN));
            await().atMost(LONG).until(() -> seen.get() > 10);
            first.stopAndJoin();
            stream.admin
                    .deleteConsumerGroups(List.of(stream.topics.group("perturb")))
                    .all()
                    .get();
            Running second = stream.start(stream.perturb("0", slow(stream, seen, 5), StepGate.OPEN));
            await().atMost(LONG).until(() -> seen.get() > 30);
            second.stopAndJoin();
            List<Long> steps = stream.steps(stream.topics.minibatches());
            assertThat(steps).hasSizeGreaterThan(20).doesNotHaveDuplicates();
        }
    }

    @Test
    void chain_saysWhichBytesWereReadInWhichOrder() throws Exception {
        try (StreamFixture stream = stream(2, 4)) {
            stream.submit();
            stream.start(stream.perturb("0", stream::minibatch, StepGate.OPEN)).end();
            stream.start(stream.teach("0")).end();
            Consumed whole = consumed(stream, StreamPosition.beginning(2), Consumed.NOTHING, 4);
            Consumed half = consumed(stream, StreamPosition.beginning(2), Consumed.NOTHING, 2);
            assertThat(consumed(stream, StreamPosition.before(2, 2), half, 2)).isEqualTo(whole);
            assertThat(half).isNotEqualTo(whole);
            Consumed byHand = Consumed.NOTHING;
            for (long step = 0; step < 4; step++) {
                byHand = byHand.then(List.of(
                        hashOf(stream, stream.topics.minibatches(), step),
                        hashOf(stream, stream.topics.logits(), step)));
            }
            assertThat(whole).isEqualTo(byHand);
        }
    }

    private static Consumed consumed(StreamFixture stream, StreamPosition from, Consumed before, int steps)
            throws InterruptedException {
        Consumed consumed = before;
        try (OrderedStreamReader reader = stream.reader(from)) {
            for (int i = 0; i < steps; i++) {
                consumed =
                        consumed.then(Objects.requireNonNull(reader.poll(LONG)).hashes());
            }
        }
        return consumed;
    }

    private static String hashOf(StreamFixture stream, String topic, long step) {
        return stream.committed(topic).stream()
                .filter(record -> StreamTopics.step(record.key()) == step)
                .map(record -> Sha256.of(record.value()))
                .findFirst()
                .orElseThrow();
    }

    private static Minibatch minibatchOf(StreamFixture stream, long step) {
        return stream.minibatch(new PlanStep(stream.topics.streamId(), step, 0, (int) step, 2));
    }

    private static void send(StreamFixture stream, String topic, long step, byte[] value) throws Exception {
        try (Producer<byte[], byte[]> producer = stream.clients.producer("test", stream.limits, null)) {
            producer.send(new ProducerRecord<>(topic, 0, StreamTopics.key(step), value))
                    .get();
        }
    }

    private static String header(ConsumerRecord<byte[], byte[]> record, String name) {
        return new String(record.headers().lastHeader(name).value(), UTF_8);
    }

    @Test
    void recordsRemovedByRetention_areAClearError() throws Exception {
        try (StreamFixture stream = stream(1, 10)) {
            stream.record();
            TopicPartition partition = new TopicPartition(stream.topics.minibatches(), 0);
            stream.admin
                    .deleteRecords(Map.of(partition, RecordsToDelete.beforeOffset(3)))
                    .all()
                    .get();
            assertThatExceptionOfType(LostRecordsException.class)
                    .isThrownBy(() -> stream.reader(StreamPosition.beginning(1)).close())
                    .withMessageContaining("begins at offset 3, but offset 0 is needed");
            StreamPosition beyond = new StreamPosition(99, List.of(999L), List.of(999L));
            assertThatExceptionOfType(LostRecordsException.class)
                    .isThrownBy(() -> stream.reader(beyond).close())
                    .withMessageContaining("but offset 999 is needed");
        }
    }

    @Test
    void serviceWhoseInputWasRemoved_saysSo() throws Exception {
        try (StreamFixture stream = stream(1, 10)) {
            stream.submit();
            TopicPartition partition = new TopicPartition(stream.topics.plan(), 0);
            stream.admin
                    .deleteRecords(Map.of(partition, RecordsToDelete.beforeOffset(4)))
                    .all()
                    .get();
            Running running = stream.start(stream.perturb("0", stream::minibatch, StepGate.OPEN));
            assertThat(running.failure())
                    .isInstanceOf(LostRecordsException.class)
                    .hasMessageContaining("begins at offset 4");
        }
    }

    @Test
    void recordOfTheDerivedLimit_passes() throws Exception {
        RecordLimits limits = new RecordLimits(3 << 20);
        try (StreamFixture stream = new StreamFixture(bootstrapServers(), 1, 2, limits)) {
            stream.submit();
            stream.start(stream.perturb("0", step -> large(stream, step, 1500), StepGate.OPEN))
                    .end();
            stream.start(stream.teach("0")).end();
            // 1500 images of 2048 bytes: one record, just below the limit.
            assertThat(stream.committed(stream.topics.minibatches())).hasSize(2);
            try (OrderedStreamReader reader = stream.reader(StreamPosition.beginning(1))) {
                for (long step = 0; step < 2; step++) {
                    Taught taught = reader.poll(LONG);
                    assertThat(taught).isNotNull();
                    assertThat(taught.minibatch().samples()).isEqualTo(1500);
                }
            }
        }
    }

    @Test
    void stepTooLargeForOneRecord_travelsInParts() throws Exception {
        try (StreamFixture stream = stream(2, 4)) {
            stream.submit();
            stream.start(stream.perturb("0", step -> large(stream, step, 100), StepGate.OPEN))
                    .end();
            stream.start(stream.teach("0")).end();
            // 100 images of 2056 bytes each, 31 of which fit into 64 KiB.
            assertThat(stream.committed(stream.topics.minibatches())).hasSize(16);
            try (OrderedStreamReader reader = stream.reader(StreamPosition.beginning(2))) {
                for (long step = 0; step < 4; step++) {
                    Taught taught = reader.poll(LONG);
                    assertThat(taught).isNotNull();
                    PlanStep planned = new PlanStep(stream.topics.streamId(), step, 0, 0, 2);
                    assertThat(taught.minibatch()).isEqualTo(large(stream, planned, 100));
                }
            }
        }
    }

    private static Minibatch large(StreamFixture stream, PlanStep step, int samples) {
        byte[] pixels = new byte[samples * 2048];
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = (byte) (i * 31L + step.step());
        }
        Tensor labels = Tensor.ofInts(Collections.nCopies(samples, 1).stream()
                .mapToInt(Integer::intValue)
                .toArray());
        return new Minibatch(
                stream.topics.streamId(),
                step.step(),
                0,
                0,
                1,
                Tensor.ofBytes(pixels, samples, 2, 32, 32),
                null,
                labels,
                labels,
                Minibatch.NONE,
                -1,
                1);
    }

    @Test
    void logitsOfAnotherEnsemble_areRefused() throws Exception {
        try (StreamFixture stream = stream(1, 1)) {
            Minibatch minibatch = minibatchOf(stream, 0);
            TeacherLogits foreign = new TeacherLogits(
                    stream.topics.streamId(),
                    0,
                    0,
                    1,
                    "other",
                    stream.logits(minibatch).logits());
            send(stream, stream.topics.minibatches(), 0, minibatch.encode());
            send(stream, stream.topics.logits(), 0, foreign.encode());
            try (OrderedStreamReader reader = stream.reader(StreamPosition.beginning(1))) {
                assertThat(reader.poll(Duration.ofSeconds(2))).isNull();
                assertThat(new DeadLetterTopic(stream.clients, stream.topics.logits(), stream.limits).open())
                        .singleElement()
                        .extracting(DeadLetter::reason)
                        .asString()
                        .contains("logits of ensemble other where ensemble " + StreamFixture.ENSEMBLE);
            }
        }
    }
}
