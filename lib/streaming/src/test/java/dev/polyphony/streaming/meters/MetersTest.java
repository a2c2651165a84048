package dev.polyphony.streaming.meters;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class MetersTest {

    private static final Map<String, NamedMeter[]> ALL = new LinkedHashMap<>();

    static {
        ALL.put("Loops over steps: perturb-service, teacher-service, student-trainer", StreamMeter.values());
        ALL.put("perturb-service", PerturbMeter.values());
        ALL.put("teacher-service", TeacherMeter.values());
        ALL.put("student-trainer", StudentMeter.values());
        ALL.put("evaluator", EvaluatorMeter.values());
    }

    static Stream<NamedMeter> all() {
        return ALL.values().stream().flatMap(Stream::of);
    }

    @Test
    void names_areGivenOnce() {
        Set<String> names = new HashSet<>();
        all().forEach(meter -> assertThat(names.add(meter.spec().prometheus()))
                .as(meter.spec().name())
                .isTrue());
    }

    /** The name that the manifests, rules and dashboards use is the one that Prometheus reads. */
    @ParameterizedTest
    @MethodSource("all")
    void prometheusName_isWhatTheRegistryWrites(NamedMeter meter) {
        PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        MeterSpec spec = meter.spec();
        String[] values = spec.labels().toArray(String[]::new);
        switch (spec.kind()) {
            case COUNTER -> meter.counter(registry, values).increment();
            case TIMER -> meter.timer(registry, values).record(java.time.Duration.ofMillis(20));
            case GAUGE -> meter.gauge(registry, () -> 1, values);
        }
        String labels = spec.labels().stream()
                .sorted()
                .map(label -> label + "=\"" + label + "\"")
                .collect(Collectors.joining(","));
        String suffix = spec.kind() == MeterSpec.Kind.TIMER ? "_count" : "";
        assertThat(registry.scrape())
                .contains("# HELP " + spec.prometheus() + " " + spec.description() + "\n")
                .contains("\n" + spec.prometheus() + suffix + (labels.isEmpty() ? "" : "{" + labels + "}") + " 1");
    }

    @Test
    void wrongUse_isRefused() {
        SimpleMeterRegistry registry = new SimpleMeterRegistry();
        assertThatThrownBy(() -> StreamMeter.STEPS.timer(registry)).hasMessageContaining("is a counter, no timer");
        assertThatThrownBy(() -> StudentMeter.LOSS.gauge(registry))
                .hasMessageContaining("has the labels [term], not 0");
    }

    @Test
    void documentation_listsThemAll() throws IOException {
        String page = Files.readString(Path.of("../../docs/metrics.md"));
        assertThat(page).contains(tables());
    }

    private static String tables() {
        StringBuilder text = new StringBuilder();
        ALL.forEach((title, meters) -> {
            text.append("\n## ").append(title).append("\n| metric | kind | labels | meaning |\n|---|---|---|---|\n");
            for (NamedMeter meter : meters) {
                MeterSpec spec = meter.spec();
                text.append("| `")
                        .append(spec.prometheus())
                        .append("` | ")
                        .append(spec.kind().name().toLowerCase(java.util.Locale.ROOT))
                        .append(" | ")
                        .append(spec.labels().stream().map(l -> "`" + l + "`").collect(Collectors.joining(", ")))
                        .append(" | ")
                        .append(spec.description())
                        .append(" |\n");
            }
        });
        return text.toString();
    }
}
