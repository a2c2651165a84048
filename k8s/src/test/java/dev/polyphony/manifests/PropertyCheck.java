package dev.polyphony.manifests;

import static dev.polyphony.manifests.Rendering.containers;
import static dev.polyphony.manifests.Rendering.title;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.polyphony.evaluator.EvaluatorProperties;
import dev.polyphony.perturb.PerturbProperties;
import dev.polyphony.streaming.service.ServiceProperties;
import dev.polyphony.streaming.service.TopicProperties;
import dev.polyphony.student.StudentProperties;
import dev.polyphony.teacher.TeacherProperties;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.lang.reflect.RecordComponent;
import java.net.URL;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Properties;
import java.util.Set;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.springframework.boot.context.properties.ConfigurationProperties;

/** Every property that a service is given is one that it knows: in ConfigMaps, arguments and the environment. */
final class PropertyCheck implements Check {

    private static final List<Class<? extends Record>> OURS = List.of(
            ServiceProperties.class,
            TopicProperties.class,
            PerturbProperties.class,
            TeacherProperties.class,
            StudentProperties.class,
            EvaluatorProperties.class);

    private static final String KAFKA = "spring.kafka.properties.";

    /** Variables that are not Spring's: of Kubernetes, the JVM and OpenMP. */
    private static final Set<String> VARIABLES = Set.of(
            // Spring's own list leaves this one out.
            "SPRING_CONFIG_ADDITIONAL_LOCATION", "POD_NAME", "OMP_NUM_THREADS", "JAVA_TOOL_OPTIONS");

    private final Set<String> known = known();

    @Override
    public List<String> problems(Rendering rendering) {
        List<String> problems = new ArrayList<>();
        rendering
                .ofKind("ConfigMap")
                .forEach(map -> map.path("data").properties().forEach(file -> {
                    if (file.getKey().endsWith(".properties")) {
                        for (String name : properties(file.getValue().asText()).stringPropertyNames()) {
                            require(isKnown(name), title(map) + ": no service knows the property " + name, problems);
                        }
                    }
                }));
        rendering.workloads().forEach(workload -> containers(workload).forEach(container -> {
            for (JsonNode argument : container.path("args")) {
                String text = argument.asText();
                String name = text.replaceAll("^--|=.*$", "");
                require(
                        text.startsWith("--") && isKnown(name),
                        title(workload) + ": no service knows the argument " + text,
                        problems);
            }
            for (JsonNode variable : container.path("env")) {
                String name = variable.path("name").asText();
                require(
                        VARIABLES.contains(name) || isKnownVariable(name),
                        title(workload) + ": nobody reads the variable " + name,
                        problems);
            }
        }));
        return problems;
    }

    private boolean isKnown(String name) {
        if (name.startsWith(KAFKA)) {
            return kafka().contains(name.substring(KAFKA.length()));
        }
        return known.contains(name);
    }

    private boolean isKnownVariable(String name) {
        return known.stream().anyMatch(property -> variable(property).equals(name))
                || kafka().stream()
                        .anyMatch(property -> variable(KAFKA + property).equals(name));
    }

    /** The name that Spring looks for in the environment. */
    private static String variable(String property) {
        return property.replace('.', '_').replace("-", "").toUpperCase(Locale.ROOT);
    }

    private static Set<String> kafka() {
        Set<String> names = new HashSet<>(ConsumerConfig.configNames());
        names.addAll(ProducerConfig.configNames());
        names.addAll(AdminClientConfig.configNames());
        return names;
    }

    private static Properties properties(String text) {
        Properties properties = new Properties();
        try {
            properties.load(new StringReader(text));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return properties;
    }

    /** Our own properties, and what Spring Boot's parts on the services' class path say that they know. */
    private static Set<String> known() {
        Set<String> known = new HashSet<>(Set.of("polyphony.kafka-config"));
        for (Class<? extends Record> properties : OURS) {
            String prefix = Objects.requireNonNull(properties.getAnnotation(ConfigurationProperties.class))
                    .value();
            for (RecordComponent component : properties.getRecordComponents()) {
                known.add(prefix + "."
                        + component.getName().replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT));
            }
        }
        try {
            ClassLoader loader = PropertyCheck.class.getClassLoader();
            ObjectMapper json = new ObjectMapper();
            for (String file : List.of(
                    "META-INF/spring-configuration-metadata.json",
                    "META-INF/additional-spring-configuration-metadata.json")) {
                for (URL url : Collections.list(loader.getResources(file))) {
                    try (InputStream in = url.openStream()) {
                        json.readTree(in)
                                .path("properties")
                                .forEach(property ->
                                        known.add(property.path("name").asText()));
                    }
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return known;
    }

    private static void require(boolean holds, String otherwise, List<String> problems) {
        if (!holds) {
            problems.add(otherwise);
        }
    }
}
