package dev.polyphony.manifests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.polyphony.manifests.Dashboard.Query;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A real Prometheus watches a real run: every panel of every dashboard shows something, every rule works. The services
 * send spans, too, and those of a step belong together.
 */
class MonitoringIT {

    private static final Duration PATIENCE = Duration.ofMinutes(6);
    private static final Pattern ADDRESS = Pattern.compile("Prometheus at (http://\\S+) watches");
    private static final String RECIPE = """
            dataset:    {name: fashion-mnist-small, trainSamples: 1024}
            ensemble:   {architecture: resnet-8, width: 4, stemStride: 2, size: 2, batchSize: 64, learningRate: 0.05, weightDecay: 4e-4, warmupEpochs: 1, epochs: 2, seed: 1}
            stream:     {perturbation: confods, stepSize: 1.0, temperature: 4, batchSize: 16, epochs: 30, seed: 1}
            student:    {architecture: batch-ensemble, network: resnet-8, width: 4, stemStride: 2, subnetworks: 2, distillationWeight: 0.9, temperature: 4, learningRate: 0.02, weightDecay: 4e-4, warmupEpochs: 1, seed: 1}
            """;

    private final HttpClient http = HttpClient.newHttpClient();
    private final ObjectMapper json = new ObjectMapper();

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path directory;

    @Test
    void everyPanel_showsSomething_everyRuleWorks_andAStepIsOneTrace() throws Exception {
        assumeTrue(isInstalled(), "Prometheus is not installed: on Debian, apt-get install prometheus");
        Path log = directory.resolve("run.log");
        try (TraceCollector traces = TraceCollector.start()) {
            everyPanel_showsSomething(start(log, traces), log, traces);
        }
    }

    private void everyPanel_showsSomething(Process run, Path log, TraceCollector traces) throws Exception {
        try {
            URI prometheus = address(run, log);
            List<Query> silent = new ArrayList<>();
            for (Dashboard dashboard : Dashboard.all()) {
                dashboard.queries().filter(query -> !query.needsCluster()).forEach(silent::add);
            }
            assertThat(silent).hasSizeGreaterThan(40);
            List<String> rules = recordings();
            await(run, log, () -> {
                silent.removeIf(query -> answers(prometheus, query.everything()));
                rules.removeIf(rule -> answers(prometheus, rule));
                return silent.isEmpty() && rules.isEmpty() && traces.hasWholeStep();
            });
            assertThat(silent)
                    .as("panels that show nothing\n%s", Files.readString(log))
                    .isEmpty();
            assertThat(rules).as("recording rules that give nothing").isEmpty();
            assertThat(traces.hasWholeStep()).as("a whole step in %s", traces).isTrue();
            everyRule_isHealthy(prometheus);
            neededByACluster_isAtLeastUnderstood(prometheus);
        } finally {
            run.destroy();
            assertThat(run.waitFor(1, TimeUnit.MINUTES)).isTrue();
        }
    }

    private void everyRule_isHealthy(URI prometheus) throws Exception {
        JsonNode groups = get(prometheus.resolve("api/v1/rules")).at("/data/groups");
        List<JsonNode> all = groups.findParents("health");
        assertThat(all).hasSizeGreaterThan(10);
        assertThat(all).allSatisfy(rule -> assertThat(rule.path("health").asText())
                .as(rule.path("name").asText() + " " + rule.path("lastError").asText())
                .isEqualTo("ok"));
    }

    private void neededByACluster_isAtLeastUnderstood(URI prometheus) throws Exception {
        for (Dashboard dashboard : Dashboard.all()) {
            for (Query query : dashboard.queries().filter(Query::needsCluster).toList()) {
                assertThat(query(prometheus, query.everything()).path("status").asText())
                        .as(query.panel())
                        .isEqualTo("success");
            }
        }
    }

    private boolean answers(URI prometheus, String expression) {
        try {
            JsonNode answer = query(prometheus, expression);
            assertThat(answer.path("status").asText())
                    .as(expression + " " + answer)
                    .isEqualTo("success");
            return !answer.at("/data/result").isEmpty();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private JsonNode query(URI prometheus, String expression) throws IOException, InterruptedException {
        return get(prometheus.resolve("api/v1/query?query=" + URLEncoder.encode(expression, StandardCharsets.UTF_8)));
    }

    private JsonNode get(URI address) throws IOException, InterruptedException {
        HttpRequest request =
                HttpRequest.newBuilder(address).timeout(Duration.ofSeconds(20)).build();
        return json.readTree(
                http.send(request, HttpResponse.BodyHandlers.ofString()).body());
    }

    private static List<String> recordings() throws IOException {
        List<String> names = new ArrayList<>();
        Rendering.YAML
                .readTree(Path.of("monitoring/rules.yaml").toFile())
                .findValues("record")
                .forEach(record -> names.add(record.asText()));
        assertThat(names).isNotEmpty();
        return names;
    }

    private interface Condition {
        boolean holds() throws Exception;
    }

    private static void await(Process run, Path log, Condition condition) throws Exception {
        Instant deadline = Instant.now().plus(PATIENCE);
        while (!condition.holds() && Instant.now().isBefore(deadline)) {
            assertThat(run.isAlive())
                    .as("the run is in progress\n%s", Files.readString(log))
                    .isTrue();
            Thread.sleep(1000);
        }
    }

    private static URI address(Process run, Path log) throws Exception {
        await(run, log, () -> ADDRESS.matcher(Files.readString(log)).find());
        Matcher matcher = ADDRESS.matcher(Files.readString(log));
        assertThat(matcher.find()).as(Files.readString(log)).isTrue();
        return URI.create(matcher.group(1));
    }

    private Process start(Path log, TraceCollector traces) throws IOException {
        Path recipe = Files.writeString(directory.resolve("recipe.yaml"), RECIPE);
        ProcessBuilder run = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-Dpolyphony.home=" + Path.of("..").toRealPath(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        "dev.polyphony.launcher.Polyphony",
                        "run",
                        recipe.toString(),
                        "--observe",
                        "--work",
                        directory.resolve("work").toString())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        run.environment().put("POLYPHONY_TRACES", "true");
        run.environment().put("OTEL_EXPORTER_OTLP_ENDPOINT", traces.endpoint());
        return run.start();
    }

    private static boolean isInstalled() throws InterruptedException {
        try {
            return new ProcessBuilder("prometheus", "--version").start().waitFor() == 0;
        } catch (IOException none) {
            return false;
        }
    }
}
