package dev.polyphony.manifests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.polyphony.datasets.Experiment;
import dev.polyphony.launcher.cluster.submit.KafkaUserRights;
import dev.polyphony.streaming.StreamTopics;
import dev.polyphony.streaming.access.Right;
import dev.polyphony.streaming.access.ServiceRights;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every overlay renders, is of known kinds and fields, and names nothing that does not exist. */
class ManifestsTest {

    static final List<Check> CHECKS = List.of(
            new SchemaCheck(), new ReferenceCheck(), new PropertyCheck(), new ImageCheck(), new PodSecurityCheck());

    @BeforeAll
    static void kubectl() throws InterruptedException {
        assumeTrue(Rendering.isPossible(), "kubectl with kustomize is not installed: see k8s/README.md");
    }

    static List<String> problems(Rendering rendering) {
        return CHECKS.stream()
                .flatMap(check -> check.problems(rendering).stream())
                .toList();
    }

    @ParameterizedTest
    @ValueSource(strings = {"overlays/cpu", "overlays/gpu", "overlays/production"})
    void overlay_isSound(String folder) throws Exception {
        Rendering rendering = Rendering.of(Path.of(folder));
        assertThat(rendering.objects()).hasSizeGreaterThan(15);
        assertThat(problems(rendering)).isEmpty();
    }

    /** Options that no overlay takes are as sound, on top of one that does without them. */
    @ParameterizedTest
    @ValueSource(strings = {"kueue", "tiered-storage", "s3-store", "scaling"})
    void component_isSound(String component, @TempDir Path directory) throws Exception {
        Path here = directory.toRealPath().relativize(Path.of("").toRealPath());
        Files.writeString(
                directory.resolve("kustomization.yaml"),
                "resources: [" + here + "/overlays/cpu]\ncomponents: [" + here + "/components/" + component + "]\n");
        assertThat(problems(Rendering.of(directory))).isEmpty();
    }

    /** The users of the production overlay can do what the services need for the shipped recipe's stream, and what is said here. */
    @ParameterizedTest
    @ValueSource(strings = {"perturb-service", "teacher-service", "student-trainer", "evaluator"})
    void user_hasTheServicesRights(String service, @TempDir Path data) throws Exception {
        Rendering rendering = Rendering.of(Path.of("overlays/production"));
        StreamTopics topics = new StreamTopics(
                Experiment.open("base/recipe.yaml", data).identities().streamId());
        Set<String> needed = KafkaUserRights.of(ServiceRights.ofService(service).orElseThrow(), topics).stream()
                .flatMap(ManifestsTest::operations)
                .collect(Collectors.toSet());
        ObjectNode user = rendering.find("KafkaUser", service).orElseThrow();
        Set<String> granted = Rendering.elements(user.at("/spec/authorization/acls"))
                .flatMap(acl -> Rendering.elements(acl.path("operations"))
                        .map(operation -> upper(acl.at("/resource/type").asText()) + " "
                                + acl.at("/resource/name").asText()
                                + (acl.at("/resource/patternType").asText().equals("prefix") ? "*" : "")
                                + " " + upper(operation.asText())))
                .collect(Collectors.toSet());
        assertThat(granted).isEqualTo(needed);
    }

    private static Stream<String> operations(Right right) {
        ResourcePattern resource = right.resource();
        String name = resource.name() + (resource.patternType() == PatternType.PREFIXED ? "*" : "");
        return right.operations().stream().map(operation -> resource.resourceType() + " " + name + " " + operation);
    }

    private static String upper(String camelCase) {
        return camelCase.replaceAll("([a-z])([A-Z])", "$1_$2").toUpperCase(java.util.Locale.ROOT);
    }

    @Test
    void ensembleJob_trainsTheRecipesMembers(@TempDir Path data) throws Exception {
        ObjectNode job = Rendering.of(Path.of("base")).find("Job", "ensemble").orElseThrow();
        assertThat(job.at("/spec/completions").asInt())
                .isEqualTo(Experiment.open("base/recipe.yaml", data).recipe().trainedMembers());
    }

    @Test
    void recipe_isTheShippedOne() throws Exception {
        assertThat(Path.of("base/recipe.yaml"))
                .hasSameTextualContentAs(
                        Path.of("../lib/experiment/src/main/resources/recipes/fashion-mnist-small.yaml"));
    }
}
