package dev.polyphony.manifests;

import static dev.polyphony.manifests.Rendering.containers;
import static dev.polyphony.manifests.Rendering.pod;
import static dev.polyphony.manifests.Rendering.title;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Kubernetes' Pod Security Standard "restricted", and what the project asks beyond it. */
final class PodSecurityCheck implements Check {

    private static final Set<String> VOLUMES = Set.of(
            "name",
            "configMap",
            "csi",
            "downwardAPI",
            "emptyDir",
            "ephemeral",
            "persistentVolumeClaim",
            "projected",
            "secret");

    @Override
    public List<String> problems(Rendering rendering) {
        List<String> problems = new ArrayList<>();
        rendering.workloads().forEach(workload -> {
            JsonNode pod = pod(workload);
            String title = title(workload);
            for (String shared : List.of("hostNetwork", "hostPID", "hostIPC")) {
                require(!pod.path(shared).asBoolean(), title + " shares " + shared, problems);
            }
            require(pod.at("/securityContext/runAsNonRoot").asBoolean(), title + " may run as root", problems);
            require(pod.at("/securityContext/runAsUser").asInt(-1) != 0, title + " runs as user 0", problems);
            require(
                    pod.at("/securityContext/seccompProfile/type").asText().equals("RuntimeDefault"),
                    title + " has no seccomp profile",
                    problems);
            require(
                    !pod.path("automountServiceAccountToken").asBoolean(true),
                    title + " mounts a token that it does not need",
                    problems);
            for (JsonNode volume : pod.path("volumes")) {
                volume.fieldNames()
                        .forEachRemaining(type -> require(
                                VOLUMES.contains(type),
                                title + " has a volume of the forbidden type " + type,
                                problems));
            }
            containers(workload).forEach(container -> container(title, container, problems));
        });
        return problems;
    }

    private static void container(String title, JsonNode container, List<String> problems) {
        JsonNode context = container.path("securityContext");
        require(
                !context.path("allowPrivilegeEscalation").asBoolean(true),
                title + " allows privilege escalation",
                problems);
        require(!context.path("privileged").asBoolean(), title + " is privileged", problems);
        require(
                context.at("/capabilities/drop").toString().contains("\"ALL\""),
                title + " keeps capabilities",
                problems);
        require(!context.at("/capabilities/add").isArray(), title + " adds capabilities", problems);
        require(
                context.path("readOnlyRootFilesystem").asBoolean(),
                title + " may write its root file system",
                problems);
        for (String kind : List.of("cpu", "memory")) {
            require(
                    container.at("/resources/requests/" + kind).isTextual()
                            || container.at("/resources/requests/" + kind).isNumber(),
                    title + " requests no " + kind,
                    problems);
        }
        require(container.at("/resources/limits/memory").isTextual(), title + " has no limit of memory", problems);
    }

    private static void require(boolean holds, String otherwise, List<String> problems) {
        if (!holds) {
            problems.add(otherwise);
        }
    }
}
