package dev.polyphony.manifests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Mistakes as people make them, each planted in sound manifests: each is found, and only it. */
class PlantedMistakesTest {

    @SuppressWarnings("NullAway.Init")
    private static Rendering sound;

    @BeforeAll
    static void render() throws Exception {
        assumeTrue(Rendering.isPossible(), "kubectl with kustomize is not installed: see k8s/README.md");
        sound = Rendering.of(Path.of("overlays/production"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("mistakes")
    void mistake_isFound(String what, Consumer<Rendering> plant, String told) {
        Rendering planted = sound.copy();
        plant.accept(planted);
        assertThat(planted.objects()).as("the mistake is planted").isNotEqualTo(sound.objects());
        assertThat(ManifestsTest.problems(planted))
                .anySatisfy(problem -> assertThat(problem).contains(told));
        assertThat(ManifestsTest.problems(sound)).isEmpty();
    }

    static Stream<Arguments> mistakes() {
        return Stream.of(
                mistake(
                        "a field with a typo",
                        r -> rename(container(r, "Deployment", "teacher-service"), "readinessProbe", "readinesProbe"),
                        "Deployment teacher-service has no field"),
                mistake(
                        "a number where a text belongs",
                        r -> ((ObjectNode) object(r, "Deployment", "evaluator").path("spec")).put("replicas", "many"),
                        "Deployment evaluator: "),
                mistake(
                        "a wrong port",
                        r -> ((ObjectNode)
                                        container(r, "Job", "student-trainer").at("/livenessProbe/httpGet"))
                                .put("port", "metrics"),
                        "the livenessProbe asks port metrics"),
                mistake(
                        "a wrong path",
                        r -> ((ObjectNode) container(r, "Deployment", "perturb-service")
                                        .at("/readinessProbe/httpGet"))
                                .put("path", "/healthz"),
                        "asks /healthz, which no service answers"),
                mistake(
                        "a key that the secret lacks",
                        r -> ((ObjectNode) variable(r, "SPRING_KAFKA_PROPERTIES_SASL_JAAS_CONFIG")
                                        .at("/valueFrom/secretKeyRef"))
                                .put("key", "jaas"),
                        "reads the key jaas of Secret"),
                mistake(
                        "a ConfigMap under another name",
                        r -> ((ObjectNode) Rendering.pod(object(r, "Deployment", "evaluator"))
                                        .path("volumes")
                                        .findValue("configMap"))
                                .put("name", "polyphony"),
                        "names ConfigMap polyphony, which does not exist"),
                mistake(
                        "a property that nobody knows",
                        r -> ((ArrayNode) container(r, "Deployment", "teacher-service")
                                        .path("args"))
                                .add("--polyphony.teacher.roles=serve"),
                        "no service knows the argument --polyphony.teacher.roles=serve"),
                mistake(
                        "a property of Kafka's that nobody knows",
                        r -> settings(r).put("cluster.properties", "spring.kafka.properties.sasl.mecanism=PLAIN"),
                        "no service knows the property spring.kafka.properties.sasl.mecanism"),
                mistake(
                        "a selector of nobody",
                        r -> ((ObjectNode) object(r, "PodDisruptionBudget", "perturb-service")
                                        .at("/spec/selector/matchLabels"))
                                .put("app.kubernetes.io/name", "perturb"),
                        "PodDisruptionBudget perturb-service selects"),
                mistake(
                        "a root file system that may be written",
                        r -> ((ObjectNode) container(r, "Job", "ensemble").path("securityContext"))
                                .put("readOnlyRootFilesystem", false),
                        "Job ensemble may write its root file system"),
                mistake(
                        "an image that nobody builds",
                        r -> container(r, "Deployment", "evaluator").put("image", "polyphony/evaluator:latest"),
                        "runs the image polyphony/evaluator:latest"),
                mistake(
                        "a processor's image on a GPU",
                        r -> container(r, "Deployment", "evaluator").put("image", "polyphony/evaluator:0.1.0-cpu"),
                        "runs polyphony/evaluator:0.1.0-cpu with a GPU"),
                mistake(
                        "a field that Strimzi does not know",
                        r -> ((ObjectNode) object(r, "Kafka", "polyphony").at("/spec/kafka")).put("konfig", "x"),
                        "Kafka polyphony: "),
                mistake(
                        "a value that Strimzi does not know",
                        r -> ((ObjectNode) object(r, "Kafka", "polyphony").at("/spec/kafka/authorization"))
                                .put("type", "easy"),
                        "Kafka polyphony: "),
                mistake(
                        "a user of another cluster",
                        r -> ((ObjectNode) object(r, "KafkaUser", "evaluator").at("/metadata/labels"))
                                .put("strimzi.io/cluster", "kafka"),
                        "belongs to Kafka \"kafka\""),
                mistake(
                        "a topic that nobody uses",
                        r -> ((ObjectNode)
                                        object(r, "KafkaUser", "evaluator").at("/spec/authorization/acls/0/resource"))
                                .put("name", "checkpoints"),
                        "has rights on topic checkpoints"),
                mistake(
                        "a field that KEDA does not know",
                        r -> ((ObjectNode) object(r, "ScaledObject", "teacher-service")
                                        .path("spec"))
                                .put("maxReplicas", 3),
                        "ScaledObject teacher-service: "),
                mistake(
                        "a scaled Deployment that does not exist",
                        r -> ((ObjectNode) object(r, "ScaledObject", "teacher-service")
                                        .at("/spec/scaleTargetRef"))
                                .put("name", "teacher"),
                        "scales Deployment teacher"),
                mistake(
                        "an alert with a typo",
                        r -> rename(
                                (ObjectNode)
                                        object(r, "PrometheusRule", "polyphony").at("/spec/groups/1/rules/0"),
                                "annotations",
                                "anotations"),
                        "PrometheusRule polyphony has no field"));
    }

    private static Arguments mistake(String what, Consumer<Rendering> plant, String told) {
        return Arguments.of(what, plant, told);
    }

    private static ObjectNode object(Rendering rendering, String kind, String name) {
        return rendering.find(kind, name).orElseThrow();
    }

    private static ObjectNode container(Rendering rendering, String kind, String name) {
        return (ObjectNode) Rendering.pod(object(rendering, kind, name)).at("/containers/0");
    }

    private static JsonNode variable(Rendering rendering, String name) {
        return Rendering.elements(
                        container(rendering, "Deployment", "teacher-service").path("env"))
                .filter(variable -> variable.path("name").asText().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static ObjectNode settings(Rendering rendering) {
        return rendering
                .ofKind("ConfigMap")
                .map(map -> map.path("data"))
                .filter(data -> data.has("cluster.properties"))
                .map(ObjectNode.class::cast)
                .findFirst()
                .orElseThrow();
    }

    private static void rename(ObjectNode object, String from, String to) {
        object.set(to, object.remove(from));
    }
}
