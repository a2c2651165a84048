package dev.polyphony.streaming.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.polyphony.datasets.Experiment;
import dev.polyphony.streaming.RecordLimits;
import dev.polyphony.streaming.StreamTopics;
import dev.polyphony.streaming.access.ServiceRights;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Service processes at a secured broker: ways to connect them, what they show, and how they end if refused. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SecuredServiceIT {

    private static final Duration LONG = Duration.ofMinutes(2);
    private static final String RECIPE = "fashion-mnist-small";
    private static final String USER = ServiceRights.TEACHER_SERVICE.service();
    private static final String SECRET = SecuredBroker.password(USER);
    private static final String LOGIN =
            "org.apache.kafka.common.security.scram.ScramLoginModule required username=\"" + USER + "\" password=";

    private final Path directory;
    private final SecuredBroker broker;
    private int started;

    SecuredServiceIT(@TempDir Path directory) throws Exception {
        this.directory = directory;
        broker = new SecuredBroker(directory);
        StreamTopics topics =
                new StreamTopics(Experiment.open(RECIPE, directory).identities().streamId());
        broker.grant(topics);
        new StreamFixture(broker.clients(ServiceRights.LAUNCHER), topics, 2, 1, new RecordLimits(1 << 20)).close();
    }

    @AfterAll
    void stop() {
        broker.close();
    }

    @Test
    void passwordFromTheEnvironment_connects_andIsShownNowhere() throws Exception {
        try (Service service = start(
                Map.of("SPRING_KAFKA_PROPERTIES_SASL_JAAS_CONFIG", LOGIN + "\"" + SECRET + "\";"),
                "--spring.kafka.bootstrap-servers=" + broker.passwordServers(),
                "--spring.kafka.security.protocol=SASL_SSL",
                "--spring.kafka.properties.sasl.mechanism=SCRAM-SHA-512",
                "--spring.kafka.properties.ssl.truststore.type=PEM",
                "--spring.kafka.properties.ssl.truststore.location=" + broker.certificates.pem("broker"),
                "--logging.level.root=DEBUG",
                "--polyphony.linger=true")) {
            service.awaitConnected();
            // The log does tell how the clients are configured, so it would tell the secret too.
            assertThat(service.log()).contains("sasl.jaas.config = [hidden]", "\"streamId\"");
            assertThat(service.log()).doesNotContain(SECRET);

            assertThat(service.get("/actuator/health/readiness").statusCode()).isEqualTo(200);
            HttpResponse<String> meters = service.get("/actuator/prometheus");
            assertThat(meters.statusCode()).isEqualTo(200);
            assertThat(meters.body()).contains("jvm_memory_used_bytes").doesNotContain(SECRET);
            for (String closed : List.of("env", "beans", "info", "heapdump", "configprops", "loggers", "shutdown")) {
                assertThat(service.get("/actuator/" + closed).statusCode())
                        .as(closed)
                        .isEqualTo(404);
            }
            assertThat(service.get("/actuator").body()).contains("prometheus").doesNotContain("env", SECRET);
        }
    }

    @Test
    void configurationFile_whichNamesItsSecret_connects_andShowsNothing() throws Exception {
        Path file = configuration("${env:TEACHER_PASSWORD}");
        try (Service service = start(
                Map.of("TEACHER_PASSWORD", SECRET),
                "--spring.kafka.bootstrap-servers=" + broker.passwordServers(),
                "--polyphony.kafka-config=" + file,
                "--logging.level.org.apache.kafka=DEBUG",
                "--polyphony.linger=true")) {
            service.awaitConnected();
            assertThat(service.log()).contains("sasl.jaas.config = [hidden]").doesNotContain(SECRET);
        }
    }

    @Test
    void certificateFromAnSslBundle_connects() throws Exception {
        try (Service service = start(
                Map.of(),
                "--spring.kafka.bootstrap-servers=" + broker.certificateServers(),
                "--spring.kafka.security.protocol=SSL",
                "--spring.kafka.ssl.bundle=kafka",
                "--spring.ssl.bundle.pem.kafka.keystore.certificate=" + broker.certificates.pem(USER),
                "--spring.ssl.bundle.pem.kafka.keystore.private-key=" + broker.certificates.keyPem(USER),
                "--spring.ssl.bundle.pem.kafka.truststore.certificate=" + broker.certificates.pem("broker"))) {
            service.awaitConnected();
            assertThat(service.exitCode()).isZero();
        }
    }

    @Test
    void wrongPassword_endsWithOneMessage_andCodeTwo() throws Exception {
        try (Service service = start(
                Map.of(),
                "--spring.kafka.bootstrap-servers=" + broker.passwordServers(),
                "--polyphony.kafka-config=" + configuration("wrong-secret"))) {
            assertThat(service.exitCode()).isEqualTo(2);
            assertThat(service.told())
                    .singleElement()
                    .asString()
                    .startsWith("teacher-service: the Kafka cluster at " + broker.passwordServers()
                            + " does not let user teacher-service in:")
                    .contains("invalid credentials with SASL mechanism SCRAM-SHA-512", "docs/security.md");
            assertThat(service.log()).doesNotContain("wrong-secret");
        }
    }

    @Test
    void userWithoutRights_endsWithOneMessage_andCodeTwo() throws Exception {
        Path file = configuration("evaluator", SecuredBroker.password("evaluator"));
        try (Service service = start(
                Map.of(),
                "--spring.kafka.bootstrap-servers=" + broker.passwordServers(),
                "--polyphony.kafka-config=" + file)) {
            assertThat(service.exitCode()).isEqualTo(2);
            assertThat(service.told())
                    .singleElement()
                    .asString()
                    .isEqualTo("teach: the Kafka cluster refuses user evaluator a transactional id; teacher-service"
                            + " needs WRITE on polyphony.teacher.STREAM.*. See docs/security.md.");
        }
    }

    @Test
    void loginThatCannotBeRead_endsWithOneMessage_whichDoesNotShowIt() throws Exception {
        Path file = configuration("evaluator", "quoted \" wrongly " + SECRET);
        try (Service service = start(
                Map.of(),
                "--spring.kafka.bootstrap-servers=" + broker.passwordServers(),
                "--polyphony.kafka-config=" + file)) {
            assertThat(service.exitCode()).isEqualTo(2);
            assertThat(service.told())
                    .singleElement()
                    .asString()
                    .startsWith("teacher-service: the Kafka connection cannot be set up: sasl.jaas.config is not");
            assertThat(service.log()).doesNotContain(SECRET);
        }
    }

    private Path configuration(String password) throws Exception {
        return configuration(USER, password);
    }

    private Path configuration(String user, String password) throws Exception {
        Map<String, String> connection = new TreeMap<>(broker.byPassword(user, password));
        connection.remove("bootstrap.servers");
        connection.put("config.providers", "env");
        connection.put("config.providers.env.class", "org.apache.kafka.common.config.provider.EnvVarConfigProvider");
        String text = connection.entrySet().stream()
                .map(entry -> entry.getKey() + "=" + entry.getValue())
                .collect(Collectors.joining("\n"));
        return Files.writeString(directory.resolve("client-" + started + ".properties"), text);
    }

    private Service start(Map<String, String> environment, String... arguments) throws Exception {
        Path own = Files.createDirectory(directory.resolve("service-" + started++));
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                SampleService.class.getName(),
                "--polyphony.recipe=" + RECIPE,
                "--polyphony.store=" + own.resolve("store"),
                "--polyphony.port-file=" + own.resolve("port"),
                "--server.port=0"));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectOutput(own.resolve("out").toFile())
                .redirectError(own.resolve("err").toFile());
        builder.environment().putAll(environment);
        return new Service(builder.start(), own);
    }

    /** A service's process. */
    private record Service(Process process, Path directory) implements AutoCloseable {

        void awaitConnected() {
            await().atMost(LONG).until(() -> !process.isAlive() || log().contains(SampleService.CONNECTED));
            assertThat(log()).contains(SampleService.CONNECTED);
        }

        int exitCode() throws Exception {
            assertThat(process.waitFor(LONG.toSeconds(), TimeUnit.SECONDS)).isTrue();
            return process.exitValue();
        }

        /** All that it has said. */
        String log() {
            try {
                return Files.readString(directory.resolve("out")) + Files.readString(directory.resolve("err"));
            } catch (java.io.IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        }

        /** What it has said to its user. */
        List<String> told() throws Exception {
            return Files.readAllLines(directory.resolve("err"));
        }

        HttpResponse<String> get(String path) throws Exception {
            await().atMost(LONG).until(() -> Files.exists(directory.resolve("port")));
            URI address = URI.create("http://127.0.0.1:" + Files.readString(directory.resolve("port")) + path);
            return HttpClient.newHttpClient()
                    .send(HttpRequest.newBuilder(address).build(), HttpResponse.BodyHandlers.ofString());
        }

        @Override
        public void close() {
            process.destroyForcibly();
        }
    }
}
