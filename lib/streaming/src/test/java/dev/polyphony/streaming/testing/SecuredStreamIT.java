package dev.polyphony.streaming.testing;

import static dev.polyphony.streaming.access.ServiceRights.EVALUATOR;
import static dev.polyphony.streaming.access.ServiceRights.LAUNCHER;
import static dev.polyphony.streaming.access.ServiceRights.PERTURB_SERVICE;
import static dev.polyphony.streaming.access.ServiceRights.STUDENT_TRAINER;
import static dev.polyphony.streaming.access.ServiceRights.TEACHER_SERVICE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.polyphony.streaming.Backlog;
import dev.polyphony.streaming.Backlog.Uncommitted;
import dev.polyphony.streaming.KafkaClients;
import dev.polyphony.streaming.RecordLimits;
import dev.polyphony.streaming.StreamProgress;
import dev.polyphony.streaming.StreamTopics;
import dev.polyphony.streaming.access.Refusal;
import dev.polyphony.streaming.access.ServiceRights;
import dev.polyphony.streaming.letters.DeadLetterTopic;
import dev.polyphony.streaming.pacing.Pacing;
import dev.polyphony.streaming.pacing.StudentProgress;
import dev.polyphony.streaming.pacing.StudentReporter;
import dev.polyphony.streaming.pipeline.Stage;
import dev.polyphony.streaming.pipeline.StepGate;
import dev.polyphony.streaming.reader.OrderedStreamReader;
import dev.polyphony.streaming.reader.StreamPosition;
import dev.polyphony.streaming.reader.Taught;
import dev.polyphony.streaming.testing.StreamFixture.Running;
import dev.polyphony.wire.Minibatch;
import dev.polyphony.wire.PlanStep;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.acl.AccessControlEntryFilter;
import org.apache.kafka.common.acl.AclBindingFilter;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.ClusterAuthorizationException;
import org.apache.kafka.common.errors.SaslAuthenticationException;
import org.apache.kafka.common.errors.SslAuthenticationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.errors.TransactionalIdAuthorizationException;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePatternFilter;
import org.apache.kafka.common.resource.ResourceType;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** A stream at a broker where every service is a user of its own, with the rights of {@link ServiceRights}. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SecuredStreamIT {

    private static final RecordLimits LIMITS = new RecordLimits(1 << 16);
    private static final Duration LONG = Duration.ofMinutes(2);
    private static final int PARTITIONS = 2;
    private static final int STEPS = 20;
    private static final byte[] POISON = "not a record".getBytes(UTF_8);

    private final SecuredBroker broker;
    private final KafkaClients admin;

    SecuredStreamIT(@TempDir Path directory) throws Exception {
        broker = new SecuredBroker(directory);
        admin = new KafkaClients(
                new HashMap<>(broker.byPassword(SecuredBroker.ADMIN, SecuredBroker.password(SecuredBroker.ADMIN))),
                null);
    }

    @AfterAll
    void stop() {
        broker.close();
    }

    private StreamTopics grantedStream() throws Exception {
        StreamTopics topics = new StreamTopics(UUID.randomUUID().toString().substring(0, 12));
        broker.grant(topics);
        return topics;
    }

    private StreamFixture as(ServiceRights service, StreamTopics topics) throws Exception {
        return new StreamFixture(broker.clients(service), topics, PARTITIONS, STEPS, LIMITS);
    }

    @Test
    void stream_isRecordedTaughtAndRead_byServicesThatHaveJustTheRightsTheyNeed() throws Exception {
        StreamTopics topics = grantedStream();
        KafkaClients certified = new KafkaClients(new HashMap<>(broker.byCertificate(TEACHER_SERVICE.service())), null);
        try (StreamFixture launcher = as(LAUNCHER, topics);
                StreamFixture perturb = as(PERTURB_SERVICE, topics);
                StreamFixture teacher = new StreamFixture(certified, topics, PARTITIONS, STEPS, LIMITS);
                StreamFixture student = as(STUDENT_TRAINER, topics);
                StreamFixture evaluator = as(EVALUATOR, topics)) {
            write(admin, topics.plan(), POISON);
            write(admin, topics.minibatches(), POISON);

            assertThat(perturb.submit()).isTrue();
            Pacing pacing = new Pacing(() -> StudentProgress.read(perturb.admin, topics, Instant.now()), 5);
            Running perturbing = perturb.start(perturb.perturb("0", perturb::minibatch, pacing));
            Running teaching = teacher.start(teacher.teach("0"));
            learn(student);
            perturbing.end();
            teaching.end();
            pacing.close();

            write(student.clients, StreamTopics.CHECKPOINTS, "a checkpoint".getBytes(UTF_8));
            assertThat(read(evaluator.clients, StreamTopics.CHECKPOINTS)).isEqualTo(1);
            write(evaluator.clients, StreamTopics.EVALUATIONS, "its scores".getBytes(UTF_8));

            assertThat(StreamProgress.of(launcher.clients, topics.logits(), LIMITS)
                            .complete(STEPS))
                    .isTrue();
            assertThat(launcher.committed(StreamTopics.deadLetter(topics.plan())))
                    .hasSize(1);
            assertThat(launcher.committed(StreamTopics.deadLetter(topics.minibatches())))
                    .hasSize(1);
            assertThat(Backlog.exists(
                            launcher.clients, topics.group("teacher"), topics.minibatches(), LIMITS, Uncommitted.NONE))
                    .isFalse();
            for (String topic : List.of(topics.minibatches(), topics.logits())) {
                ConsumerRecord<byte[], byte[]> unreadable = new ConsumerRecord<>(topic, 0, 999, null, POISON);
                assertThat(new DeadLetterTopic(student.clients, topic, LIMITS).put(unreadable, "poison"))
                        .isTrue();
                // Once only, after a restart too: for that it reads what is there.
                assertThat(new DeadLetterTopic(student.clients, topic, LIMITS).put(unreadable, "poison"))
                        .isFalse();
            }
        }
        List<Access> accesses = Access.allowed(broker.accesses());
        for (ServiceRights service : ServiceRights.values()) {
            assertThat(Access.unneeded(service, topics, accesses))
                    .as("rights of %s that nothing needed", service.service())
                    .isEmpty();
        }
    }

    /** Learns all of it, ahead of which the recording may be only a little: so the reports were read. */
    private static void learn(StreamFixture student) throws Exception {
        // After the record that nobody can read.
        StreamPosition begin = new StreamPosition(0, List.of(1L, 0L), List.of(0L, 0L));
        try (StudentReporter reporter =
                        new StudentReporter(student.admin, student.topics, "run1", begin, Clock.systemUTC());
                OrderedStreamReader reader = student.reader(begin)) {
            for (long step = 0; step < STEPS; step++) {
                Taught taught = reader.poll(LONG);
                assertThat(taught).as("step %s", step).isNotNull();
                assertThat(taught.minibatch().step()).isEqualTo(step);
                reporter.at(reader.position());
            }
        }
    }

    private static void write(KafkaClients clients, String topic, byte[] value) throws Exception {
        try (Producer<byte[], byte[]> producer = clients.producer("test", LIMITS, null)) {
            producer.send(new ProducerRecord<>(topic, 0, null, value)).get(60, TimeUnit.SECONDS);
        }
    }

    private static int read(KafkaClients clients, String topic) {
        try (Consumer<byte[], byte[]> consumer = clients.consumer("test", LIMITS, Map.of())) {
            TopicPartition partition = new TopicPartition(topic, 0);
            consumer.assign(List.of(partition));
            consumer.seekToBeginning(List.of(partition));
            return consumer.poll(Duration.ofSeconds(20)).count();
        }
    }

    @Test
    void service_mayWriteAndReadItsOwnTopicsOnly() throws Exception {
        StreamTopics topics = grantedStream();
        as(LAUNCHER, topics).close();
        SortedMap<String, String> allowed = new TreeMap<>();
        for (ServiceRights service : ServiceRights.values()) {
            allowed.put(service.service(), access(service, topics));
        }
        // In the order of the topics below: R may read, W may write.
        assertThat(allowed)
                .isEqualTo(new TreeMap<>(Map.of(
                        //                 plan .dlt minibatches .dlt logits .dlt checkpoints evaluations
                        "perturb-service", "RW -W RW -- -- -- -- --",
                        "teacher-service", "-- -- R- -W RW -- -- --",
                        "student-trainer", "-- -- R- RW R- RW -W --",
                        "evaluator", "      -- -- -- -- -- -- R- -W".strip(),
                        "launcher", "       R- R- R- R- R- R- R- R-".strip())));
    }

    private String access(ServiceRights service, StreamTopics topics) throws Exception {
        List<String> all = new ArrayList<>();
        topics.all().forEach(topic -> all.addAll(List.of(topic, StreamTopics.deadLetter(topic))));
        all.addAll(List.of(StreamTopics.CHECKPOINTS, StreamTopics.EVALUATIONS));
        KafkaClients clients = broker.clients(service);
        List<String> answers = new ArrayList<>();
        try (Producer<byte[], byte[]> filling = admin.producer("test", LIMITS, null);
                Consumer<byte[], byte[]> consumer = clients.consumer("test", LIMITS, Map.of())) {
            for (String topic : all) {
                boolean writes = mayWrite(clients, topic, service);
                // There is something to read then, so that whoever may gets an answer at once.
                filling.send(new ProducerRecord<>(topic, 0, null, POISON)).get();
                answers.add((mayRead(consumer, topic) ? "R" : "-") + (writes ? "W" : "-"));
            }
        }
        return String.join(" ", answers);
    }

    private static boolean mayWrite(KafkaClients clients, String topic, ServiceRights service) throws Exception {
        // One for each topic: a producer that was refused once may be of no use any more.
        try (Producer<byte[], byte[]> producer = clients.producer("test", LIMITS, null)) {
            producer.send(new ProducerRecord<>(topic, 0, null, POISON)).get(60, TimeUnit.SECONDS);
            return true;
        } catch (ExecutionException refused) {
            // A user who may write to no topic at all is refused before a topic is asked for.
            assertThat(refused.getCause())
                    .isInstanceOfAny(TopicAuthorizationException.class, ClusterAuthorizationException.class);
            assertThat(Refusal.explain(refused, service.service(), Map.of("sasl.jaas.config", "username=\"me\"")))
                    .hasValueSatisfying(message -> assertThat(message)
                            .contains(service == LAUNCHER ? "refuses user me" : "refuses user me topic " + topic));
            return false;
        }
    }

    private static boolean mayRead(Consumer<byte[], byte[]> consumer, String topic) {
        TopicPartition partition = new TopicPartition(topic, 0);
        consumer.assign(List.of(partition));
        consumer.seekToBeginning(List.of(partition));
        try {
            return consumer.poll(Duration.ofSeconds(20)).count() > 0;
        } catch (TopicAuthorizationException refused) {
            return false;
        }
    }

    @Test
    void service_mayUseItsOwnTransactionalIdsOnly() throws Exception {
        StreamTopics topics = grantedStream();
        SortedMap<String, List<String>> allowed = new TreeMap<>();
        for (ServiceRights service : ServiceRights.values()) {
            List<String> own = new ArrayList<>();
            for (String id : List.of("plan", "perturb", "teacher")) {
                String identity = topics.transactionalId(id, "7");
                try (Producer<byte[], byte[]> producer = broker.clients(service).producer("test", LIMITS, identity)) {
                    producer.initTransactions();
                    own.add(id);
                } catch (TransactionalIdAuthorizationException refused) {
                    // As expected of the ids that are not listed below.
                }
            }
            allowed.put(service.service(), own);
        }
        assertThat(allowed)
                .isEqualTo(new TreeMap<>(Map.of(
                        "perturb-service", List.of("plan", "perturb"),
                        "teacher-service", List.of("teacher"),
                        "student-trainer", List.of(),
                        "evaluator", List.of(),
                        "launcher", List.of())));
    }

    @Test
    void service_mayCommitInItsOwnGroupsOnly() throws Exception {
        StreamTopics topics = grantedStream();
        as(LAUNCHER, topics).close();
        SortedMap<String, List<String>> allowed = new TreeMap<>();
        for (ServiceRights service : ServiceRights.values()) {
            String topic = service == PERTURB_SERVICE ? topics.plan() : topics.minibatches();
            Map<TopicPartition, OffsetAndMetadata> offsets =
                    Map.of(new TopicPartition(topic, 0), new OffsetAndMetadata(0));
            List<String> own = new ArrayList<>();
            for (String name : List.of("perturb", "teacher", "student.run1")) {
                try (Consumer<byte[], byte[]> consumer =
                        broker.clients(service).consumer("test", LIMITS, Map.of("group.id", topics.group(name)))) {
                    consumer.commitSync(offsets);
                    own.add(name);
                } catch (AuthorizationException refused) {
                    // As expected of the groups that are not listed below.
                }
            }
            allowed.put(service.service(), own);
        }
        assertThat(allowed)
                .isEqualTo(new TreeMap<>(Map.of(
                        "perturb-service", List.of("perturb"),
                        "teacher-service", List.of("teacher"),
                        "student-trainer", List.of("student.run1"),
                        "evaluator", List.of(),
                        "launcher", List.of())));
    }

    @Test
    void topicsThatAreNotThere_areCreatedByTheLauncherOnly_andAServiceSaysSo() throws Exception {
        StreamTopics topics = grantedStream();
        assertThatThrownBy(() -> as(TEACHER_SERVICE, topics))
                .isInstanceOf(TopicAuthorizationException.class)
                .satisfies(refused -> assertThat(Refusal.explain(
                                refused,
                                "teacher-service",
                                broker.clients(TEACHER_SERVICE).connection()))
                        .hasValueSatisfying(message -> assertThat(message)
                                .contains(
                                        "refuses user teacher-service topic " + topics.logits() + " (teacher-service"
                                                + " needs DESCRIBE, READ, WRITE there)",
                                        "created by whoever has the launcher's rights")
                                .doesNotContain(SecuredBroker.password("teacher-service"))));
        as(LAUNCHER, topics).close();
        as(TEACHER_SERVICE, topics).close();
    }

    @Test
    void rightTakenAway_endsTheServiceAtOnce() throws Exception {
        StreamTopics topics = grantedStream();
        try (StreamFixture launcher = as(LAUNCHER, topics);
                StreamFixture perturb = as(PERTURB_SERVICE, topics)) {
            perturb.submit();
            Running running = perturb.start(perturb.perturb("0", slowly(perturb), StepGate.OPEN));
            await().atMost(LONG)
                    .until(() -> StreamProgress.of(launcher.clients, topics.minibatches(), LIMITS)
                                    .nextStep()
                            > 2);
            assertThat(running.isAlive()).isTrue();
            try (Admin access = admin.admin()) {
                assertThat(access.deleteAcls(List.of(new AclBindingFilter(
                                        new ResourcePatternFilter(
                                                ResourceType.TOPIC, topics.minibatches(), PatternType.LITERAL),
                                        new AccessControlEntryFilter(
                                                "User:perturb-service",
                                                null,
                                                AclOperation.WRITE,
                                                AclPermissionType.ALLOW))))
                                .all()
                                .get())
                        .hasSize(1);
            }
            running.join(60_000);
            assertThat(Refusal.explain(running.failure(), "perturb-service", perturb.clients.connection()))
                    .hasValueSatisfying(message ->
                            assertThat(message).contains("refuses user perturb-service topic " + topics.minibatches()));
        }
    }

    private static Stage<PlanStep, Minibatch> slowly(StreamFixture stream) {
        return step -> {
            try {
                Thread.sleep(300);
            } catch (InterruptedException interrupted) {
                throw new IllegalStateException(interrupted);
            }
            return stream.minibatch(step);
        };
    }

    @Test
    void strangers_getInNowhere() throws Exception {
        Map<String, String> right = broker.byPassword("evaluator", SecuredBroker.password("evaluator"));
        assertThat(topicsSeen(right)).as("the test connects if all is right").isNull();
        assertThat(topicsSeen(broker.byCertificate("evaluator"))).isNull();

        assertThat(topicsSeen(broker.byPassword("evaluator", "guessed")))
                .isInstanceOf(SaslAuthenticationException.class);
        assertThat(topicsSeen(broker.byPassword(SecuredBroker.STRANGER, "guessed")))
                .isInstanceOf(SaslAuthenticationException.class);
        assertThat(topicsSeen(broker.byCertificate(SecuredBroker.STRANGER)))
                .isInstanceOf(SslAuthenticationException.class);
        Map<String, String> nameless = broker.byCertificate("evaluator");
        nameless.keySet().removeIf(name -> name.startsWith("ssl.keystore"));
        assertThat(topicsSeen(nameless)).isInstanceOf(SslAuthenticationException.class);
        Map<String, String> certificateForPassword = broker.byCertificate("evaluator");
        certificateForPassword.put("bootstrap.servers", broker.passwordServers());
        assertThat(topicsSeen(certificateForPassword)).isInstanceOf(TimeoutException.class);
        for (String servers : List.of(broker.passwordServers(), broker.certificateServers())) {
            assertThat(topicsSeen(Map.of("bootstrap.servers", servers)))
                    .as("without TLS")
                    .isInstanceOf(TimeoutException.class);
        }
        // And the client lets in no broker that it does not trust.
        Map<String, String> deceived = broker.byPassword("evaluator", SecuredBroker.password("evaluator"));
        deceived.putAll(broker.certificates.trust(List.of(SecuredBroker.STRANGER)));
        assertThat(topicsSeen(deceived)).isInstanceOf(SslAuthenticationException.class);
    }

    /** Null if the broker answered. */
    private static Throwable topicsSeen(Map<String, String> connection) throws Exception {
        Map<String, Object> patient = new HashMap<>(connection);
        patient.put("default.api.timeout.ms", 3000);
        patient.put("request.timeout.ms", 2000);
        try (Admin client = new KafkaClients(patient, null).admin()) {
            client.listTopics().names().get();
            return null;
        } catch (ExecutionException refused) {
            return refused.getCause();
        }
    }
}
