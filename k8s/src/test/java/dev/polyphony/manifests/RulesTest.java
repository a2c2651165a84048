package dev.polyphony.manifests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The rules are Prometheus's own language; each alert fires and does not, and leads to what is to be done. */
class RulesTest {

    private static final Path TESTS = Path.of("monitoring/rules_test.yaml");
    private static final Pattern METRIC = Pattern.compile("\\bpolyphony_[a-z_]+");

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path directory;

    @SuppressWarnings("NullAway.Init")
    private JsonNode groups;

    @BeforeEach
    void extract() throws IOException {
        groups = Rendering.YAML
                .readTree(Path.of("monitoring/rules.yaml").toFile())
                .at("/spec/groups");
        Files.writeString(directory.resolve("rules.yml"), "groups: " + groups);
        Files.copy(TESTS, directory.resolve("rules_test.yaml"));
    }

    @Test
    void promtool_acceptsThem_andTheirTestsHold() throws Exception {
        assumeTrue(isInstalled(), "promtool is not installed: on Debian, apt-get install prometheus");
        assertThat(promtool("check", "rules", "rules.yml")).contains("SUCCESS");
        assertThat(promtool("test", "rules", "rules_test.yaml")).contains("SUCCESS");
    }

    @Test
    void everyAlert_isTestedFiring_andQuiet() throws IOException {
        Set<String> firing = new TreeSet<>();
        Set<String> quiet = new TreeSet<>();
        for (JsonNode test : Rendering.YAML.readTree(TESTS.toFile()).path("tests")) {
            for (JsonNode alert : test.path("alert_rule_test")) {
                (alert.path("exp_alerts").isEmpty() ? quiet : firing)
                        .add(alert.path("alertname").asText());
            }
        }
        assertThat(firing).isEqualTo(alerts());
        assertThat(quiet).isEqualTo(alerts());
    }

    @Test
    void everyAlert_saysWhatItMeans_andWhatToDo() throws IOException {
        String operations = Files.readString(Path.of("../docs/operations.md"));
        for (JsonNode rule : groups.path(1).path("rules")) {
            String alert = rule.path("alert").asText();
            assertThat(rule.at("/annotations/summary").asText()).as(alert).isNotBlank();
            assertThat(rule.at("/annotations/runbook_url").asText())
                    .isEqualTo("docs/operations.md#" + alert.toLowerCase(java.util.Locale.ROOT));
            assertThat(operations).contains("\n### " + alert + "\n");
        }
    }

    @Test
    void everyMetric_isOneThatServicesTell() {
        Set<String> known = DashboardTest.metrics();
        groups.findValues("expr").forEach(expression -> assertThat(
                        METRIC.matcher(expression.asText()).results().map(MatchResult::group))
                .allMatch(known::contains));
    }

    private Set<String> alerts() {
        Set<String> alerts = new TreeSet<>();
        groups.findValues("alert").forEach(alert -> alerts.add(alert.asText()));
        assertThat(alerts).hasSizeGreaterThan(5);
        return alerts;
    }

    private static boolean isInstalled() throws InterruptedException {
        try {
            return new ProcessBuilder("promtool", "--version").start().waitFor() == 0;
        } catch (IOException none) {
            return false;
        }
    }

    private String promtool(String... arguments) throws IOException, InterruptedException {
        List<String> command = new java.util.ArrayList<>(List.of("promtool"));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
        return output;
    }
}
