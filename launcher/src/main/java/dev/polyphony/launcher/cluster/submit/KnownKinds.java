package dev.polyphony.launcher.cluster.submit;

import dev.polyphony.launcher.LauncherMistake;
import dev.polyphony.launcher.cluster.ClusterSession;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** Whether a cluster knows the kinds of what it is to be given. */
final class KnownKinds {

    private static final Map<String, String> MAKERS = Map.of(
            "kafka.strimzi.io", "Strimzi",
            "keda.sh", "KEDA",
            "monitoring.coreos.com", "the Prometheus operator");

    private KnownKinds() {}

    /** @throws LauncherMistake if the cluster does not know all */
    static void require(ClusterSession session, List<HasMetadata> objects) {
        SortedMap<String, SortedSet<String>> unknown = new TreeMap<>();
        for (HasMetadata object : objects) {
            String version = object.getApiVersion();
            if (!session.ask("ask which kinds there are of " + version, () -> session.client()
                    .supports(version, object.getKind()))) {
                unknown.computeIfAbsent(version, none -> new TreeSet<>()).add(object.getKind());
            }
        }
        if (!unknown.isEmpty()) {
            throw new LauncherMistake("the cluster lacks " + String.join("; ", texts(unknown))
                    + ". Nothing was applied. k8s/README.md says what each overlay needs");
        }
    }

    private static List<String> texts(SortedMap<String, SortedSet<String>> unknown) {
        return unknown.entrySet().stream()
                .map(entry -> {
                    String group = entry.getKey().replaceFirst("/.*", "");
                    String kinds = String.join(", ", entry.getValue()) + " (" + entry.getKey() + ")";
                    return MAKERS.containsKey(group) ? kinds + ", which " + MAKERS.get(group) + " brings" : kinds;
                })
                .toList();
    }
}
