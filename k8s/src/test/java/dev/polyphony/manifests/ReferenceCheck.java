package dev.polyphony.manifests;

import static dev.polyphony.manifests.Rendering.containers;
import static dev.polyphony.manifests.Rendering.elements;
import static dev.polyphony.manifests.Rendering.name;
import static dev.polyphony.manifests.Rendering.pod;
import static dev.polyphony.manifests.Rendering.title;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What an object names exists: other objects, keys in them, volumes, ports, paths, labels. */
final class ReferenceCheck implements Check {

    /** Paths that the services answer: Spring Boot's actuator, as ServiceMain exposes it. */
    private static final Set<String> PATHS =
            Set.of("/actuator/health/liveness", "/actuator/health/readiness", "/actuator/prometheus");

    /** Secrets that Strimzi makes of a cluster, and their keys. */
    private static final Map<String, Set<String>> CLUSTER_SECRETS =
            Map.of("-cluster-ca-cert", Set.of("ca.crt", "ca.p12", "ca.password"));

    /** Secrets that Strimzi makes of a user with a password. */
    private static final Set<String> USER_KEYS = Set.of("password", "sasl.jaas.config");

    /** Secrets that whoever installs it has to make; the overlay says so. */
    private static final Set<String> OWN_SECRETS = Set.of("polyphony-s3");

    @Override
    public List<String> problems(Rendering rendering) {
        List<String> problems = new ArrayList<>();
        rendering.workloads().forEach(workload -> workload(rendering, workload, problems));
        rendering
                .ofKind("PodDisruptionBudget")
                .forEach(budget -> selects(rendering, budget, budget.at("/spec/selector/matchLabels"), problems));
        rendering
                .ofKind("NetworkPolicy")
                .forEach(policy -> selects(rendering, policy, policy.at("/spec/podSelector/matchLabels"), problems));
        rendering.ofKind("PodMonitor").forEach(monitor -> monitor(rendering, monitor, problems));
        rendering.ofKind("ScaledObject").forEach(scaled -> scaled(rendering, scaled, problems));
        for (String kind : List.of("KafkaTopic", "KafkaUser", "KafkaNodePool")) {
            rendering.ofKind(kind).forEach(object -> {
                String cluster =
                        object.at("/metadata/labels/strimzi.io~1cluster").asText();
                if (rendering.find("Kafka", cluster).isEmpty()) {
                    problems.add(title(object) + " belongs to Kafka \"" + cluster + "\", which does not exist");
                }
            });
        }
        rendering.ofKind("KafkaUser").forEach(user -> topics(user, problems));
        return problems;
    }

    private static void workload(Rendering rendering, ObjectNode workload, List<String> problems) {
        JsonNode pod = pod(workload);
        exists(rendering, workload, "ServiceAccount", pod.path("serviceAccountName"), problems);
        exists(rendering, workload, "PriorityClass", pod.path("priorityClassName"), problems);
        JsonNode wanted = workload.at("/spec/selector/matchLabels");
        if (wanted.isObject() && !matches(wanted, workload.at("/spec/template/metadata/labels"))) {
            problems.add(title(workload) + " selects " + wanted + ", which its own pods are not");
        }
        Set<String> volumes = new HashSet<>();
        for (JsonNode volume : pod.path("volumes")) {
            volumes.add(volume.path("name").asText());
            volume(rendering, workload, volume, problems);
        }
        containers(workload).forEach(container -> {
            for (JsonNode mount : container.path("volumeMounts")) {
                if (!volumes.contains(mount.path("name").asText())) {
                    problems.add(title(workload) + " mounts the volume \""
                            + mount.path("name").asText() + "\", which the pod does not have");
                }
            }
            probes(workload, container, problems);
            environment(rendering, workload, container, problems);
        });
    }

    private static void volume(Rendering rendering, ObjectNode workload, JsonNode volume, List<String> problems) {
        exists(rendering, workload, "ConfigMap", volume.at("/configMap/name"), problems);
        exists(rendering, workload, "PersistentVolumeClaim", volume.at("/persistentVolumeClaim/claimName"), problems);
        JsonNode secret = volume.at("/secret/secretName");
        if (secret.isTextual()) {
            for (JsonNode item : volume.at("/secret/items")) {
                secretKey(rendering, workload, secret.asText(), item.path("key").asText(), problems);
            }
        }
    }

    private static void environment(
            Rendering rendering, ObjectNode workload, JsonNode container, List<String> problems) {
        for (JsonNode variable : container.path("env")) {
            JsonNode secret = variable.at("/valueFrom/secretKeyRef");
            if (secret.isObject()) {
                secretKey(
                        rendering,
                        workload,
                        secret.path("name").asText(),
                        secret.path("key").asText(),
                        problems);
            }
            JsonNode map = variable.at("/valueFrom/configMapKeyRef");
            if (map.isObject()
                    && !rendering
                            .find("ConfigMap", map.path("name").asText())
                            .map(found -> found.path("data").has(map.path("key").asText()))
                            .orElse(false)) {
                problems.add(title(workload) + " reads the key " + map.path("key") + " of ConfigMap " + map.path("name")
                        + ", which does not exist");
            }
        }
        for (JsonNode from : container.path("envFrom")) {
            String secret = from.at("/secretRef/name").asText();
            if (!secret.isEmpty() && !OWN_SECRETS.contains(secret)) {
                problems.add(title(workload) + " takes its environment from Secret " + secret + ", which nobody makes");
            }
        }
    }

    private static void secretKey(
            Rendering rendering, ObjectNode workload, String secret, String key, List<String> problems) {
        @Nullable
        Set<String> keys = rendering.find("KafkaUser", secret).isPresent() ? USER_KEYS : clusterKeys(rendering, secret);
        if (keys == null && !OWN_SECRETS.contains(secret)) {
            problems.add(title(workload) + " reads Secret " + secret + ", which nobody makes");
        } else if (keys != null && !keys.contains(key)) {
            problems.add(title(workload) + " reads the key " + key + " of Secret " + secret + ", which has " + keys);
        }
    }

    private static @Nullable Set<String> clusterKeys(Rendering rendering, String secret) {
        return rendering
                .ofKind("Kafka")
                .flatMap(kafka -> CLUSTER_SECRETS.entrySet().stream()
                        .filter(made -> secret.equals(name(kafka) + made.getKey()))
                        .map(Map.Entry::getValue))
                .findFirst()
                .orElse(null);
    }

    private static void probes(ObjectNode workload, JsonNode container, List<String> problems) {
        Set<String> ports = elements(container.path("ports"))
                .flatMap(port -> java.util.stream.Stream.of(
                        port.path("name").asText(), port.path("containerPort").asText()))
                .collect(Collectors.toSet());
        for (String probe : List.of("startupProbe", "livenessProbe", "readinessProbe")) {
            JsonNode get = container.path(probe).path("httpGet");
            if (!get.isObject()) {
                problems.add(title(workload) + " has no " + probe);
                continue;
            }
            if (!ports.contains(get.path("port").asText())) {
                problems.add(title(workload) + ": the " + probe + " asks port "
                        + get.path("port").asText() + ", the container has " + ports);
            }
            if (!PATHS.contains(get.path("path").asText())) {
                problems.add(title(workload) + ": the " + probe + " asks "
                        + get.path("path").asText() + ", which no service answers");
            }
        }
    }

    private static void exists(
            Rendering rendering, ObjectNode workload, String kind, JsonNode name, List<String> problems) {
        if (name.isTextual() && rendering.find(kind, name.asText()).isEmpty()) {
            problems.add(title(workload) + " names " + kind + " " + name.asText() + ", which does not exist");
        }
    }

    private static void selects(Rendering rendering, ObjectNode object, JsonNode labels, List<String> problems) {
        if (rendering
                .workloads()
                .noneMatch(workload -> matches(labels, workload.at("/spec/template/metadata/labels")))) {
            problems.add(title(object) + " selects " + labels + ", which no pod is");
        }
    }

    private static boolean matches(JsonNode wanted, JsonNode labels) {
        return wanted.properties().stream()
                .allMatch(label -> labels.path(label.getKey()).equals(label.getValue()));
    }

    /** Brokers are Strimzi's pods: only our own can be looked at. */
    private static void monitor(Rendering rendering, ObjectNode monitor, List<String> problems) {
        JsonNode labels = monitor.at("/spec/selector/matchLabels");
        if (labels.has("strimzi.io/cluster")) {
            return;
        }
        selects(rendering, monitor, labels, problems);
        for (JsonNode endpoint : monitor.at("/spec/podMetricsEndpoints")) {
            String port = endpoint.path("port").asText();
            rendering
                    .workloads()
                    .filter(workload -> matches(labels, workload.at("/spec/template/metadata/labels")))
                    .filter(workload -> containers(workload)
                            .flatMap(container -> elements(container.path("ports")))
                            .noneMatch(there -> there.path("name").asText().equals(port)))
                    .forEach(workload -> problems.add(
                            title(monitor) + " asks port " + port + ", which " + title(workload) + " lacks"));
            if (!PATHS.contains(endpoint.path("path").asText())) {
                problems.add(title(monitor) + " asks " + endpoint.path("path").asText() + ", which no service answers");
            }
        }
    }

    private static void scaled(Rendering rendering, ObjectNode scaled, List<String> problems) {
        String target = scaled.at("/spec/scaleTargetRef/name").asText();
        if (rendering.find("Deployment", target).isEmpty()) {
            problems.add(title(scaled) + " scales Deployment " + target + ", which does not exist");
        }
    }

    /** Topics of streams are made by the services; what a user may touch is one of those, or a fixed one. */
    private static void topics(ObjectNode user, List<String> problems) {
        for (JsonNode acl : user.at("/spec/authorization/acls")) {
            String name = acl.at("/resource/name").asText();
            if (acl.at("/resource/type").asText().equals("topic")
                    && !name.matches(
                            "polyphony\\.(checkpoints|evaluations|[0-9a-f]{12}\\.((plan|minibatches|logits)(\\.dlt)?)?)")) {
                problems.add(title(user) + " has rights on topic " + name + ", which no service uses");
            }
        }
    }
}
