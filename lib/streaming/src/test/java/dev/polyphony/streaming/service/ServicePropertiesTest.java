package dev.polyphony.streaming.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.validation.Validation;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.bind.validation.ValidationBindHandler;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.validation.beanvalidation.SpringValidatorAdapter;

class ServicePropertiesTest {

    private static final Map<String, String> LEAST = Map.of("polyphony.recipe", "tiny", "polyphony.store", "/store");

    @Test
    void defaults() {
        assertThat(bind("polyphony", ServiceProperties.class, LEAST))
                .isEqualTo(new ServiceProperties(
                        "tiny",
                        "/store",
                        Path.of("data"),
                        "0",
                        Duration.ZERO,
                        false,
                        false,
                        Duration.ofMinutes(5),
                        null,
                        0));
        assertThat(bind("polyphony.topics", TopicProperties.class, Map.of()))
                .isEqualTo(new TopicProperties(4, (short) 1));
    }

    @Test
    void everyProperty_isMapped() {
        Map<String, String> all = Map.ofEntries(
                Map.entry("polyphony.recipe", "r.yaml"),
                Map.entry("polyphony.store", "s3://models/polyphony"),
                Map.entry("polyphony.data", "/d"),
                Map.entry("polyphony.replica", "pod-3"),
                Map.entry("polyphony.patience", "7d"),
                Map.entry("polyphony.traces", "true"),
                Map.entry("polyphony.linger", "true"),
                Map.entry("polyphony.stall-after", "90s"),
                Map.entry("polyphony.port-file", "/p"),
                Map.entry("polyphony.parent-pid", "42"));
        assertThat(bind("polyphony", ServiceProperties.class, all))
                .isEqualTo(new ServiceProperties(
                        "r.yaml",
                        "s3://models/polyphony",
                        Path.of("/d"),
                        "pod-3",
                        Duration.ofDays(7),
                        true,
                        true,
                        Duration.ofSeconds(90),
                        Path.of("/p"),
                        42));
        assertThat(bind(
                        "polyphony.topics",
                        TopicProperties.class,
                        Map.of("polyphony.topics.partitions", "8", "polyphony.topics.replication-factor", "3")))
                .isEqualTo(new TopicProperties(8, (short) 3));
    }

    @ParameterizedTest
    @CsvSource({
        "polyphony.recipe, '', must name a shipped recipe or a recipe file",
        "polyphony.store, '', 'must be the model store''s directory, or s3://BUCKET/FOLDER'",
        "polyphony.replica, 'a b', may hold letters",
        "polyphony.parent-pid, -1, must be a process id",
    })
    void badValue_isRefused(String property, String value, String message) {
        Map<String, String> values = new java.util.HashMap<>(LEAST);
        values.put(property, value);
        assertThatThrownBy(() -> bind("polyphony", ServiceProperties.class, values))
                .rootCause()
                .hasMessageContaining(message);
    }

    @Test
    void badTopics_areRefused() {
        assertThatThrownBy(() ->
                        bind("polyphony.topics", TopicProperties.class, Map.of("polyphony.topics.partitions", "0")))
                .rootCause()
                .hasMessageContaining("polyphony.topics.partitions must be at least 1");
        assertThatThrownBy(() -> bind(
                        "polyphony.topics", TopicProperties.class, Map.of("polyphony.topics.replication-factor", "0")))
                .rootCause()
                .hasMessageContaining("polyphony.topics.replication-factor must be at least 1");
    }

    private static <T> T bind(String prefix, Class<T> type, Map<String, String> values) {
        var validator = new SpringValidatorAdapter(
                Validation.buildDefaultValidatorFactory().getValidator());
        return new Binder(new MapConfigurationPropertySource(values))
                .bindOrCreate(
                        prefix,
                        org.springframework.boot.context.properties.bind.Bindable.of(type),
                        new ValidationBindHandler(validator));
    }
}
