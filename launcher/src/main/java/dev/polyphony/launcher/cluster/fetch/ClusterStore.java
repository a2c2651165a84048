package dev.polyphony.launcher.cluster.fetch;

import dev.polyphony.launcher.LauncherMistake;
import dev.polyphony.launcher.cluster.ClusterSession;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.util.Objects;
import java.util.Optional;
import java.util.Properties;

/** Where a service keeps its model store, by what it was told. */
final class ClusterStore {

    private static final String PROPERTY = "polyphony.store";
    private static final String VARIABLE = "POLYPHONY_STORE";

    private ClusterStore() {}

    /**
     * The store of a Deployment's pods: a directory, or a place in a bucket.
     *
     * @throws LauncherMistake if it cannot be told
     */
    static String of(Deployment deployment, ClusterSession session) {
        return variable(deployment)
                .or(() -> property(deployment, session))
                .orElseThrow(() -> new LauncherMistake("Deployment "
                        + deployment.getMetadata().getName() + " says nowhere what its " + PROPERTY + " is"));
    }

    private static Optional<String> variable(Deployment deployment) {
        return deployment.getSpec().getTemplate().getSpec().getContainers().stream()
                .map(Container::getEnv)
                .flatMap(variables -> variables.stream())
                .filter(variable -> variable.getName().equals(VARIABLE))
                .map(EnvVar::getValue)
                .filter(Objects::nonNull)
                .findFirst();
    }

    private static Optional<String> property(Deployment deployment, ClusterSession session) {
        return deployment.getSpec().getTemplate().getSpec().getVolumes().stream()
                .map(Volume::getConfigMap)
                .filter(Objects::nonNull)
                .map(map -> session.ask(
                        "look at ConfigMap " + map.getName(),
                        () -> Optional.ofNullable(session.client()
                                .configMaps()
                                .withName(map.getName())
                                .get())))
                .flatMap(Optional::stream)
                .flatMap(map -> property(map).stream())
                .findFirst();
    }

    private static Optional<String> property(ConfigMap map) {
        return map.getData().entrySet().stream()
                .filter(file -> file.getKey().endsWith(".properties"))
                .map(file -> properties(file.getValue()).getProperty(PROPERTY))
                .filter(Objects::nonNull)
                .findFirst();
    }

    private static Properties properties(String text) {
        Properties properties = new Properties();
        try {
            properties.load(new StringReader(text));
        } catch (IOException impossible) {
            throw new UncheckedIOException("a string can always be read", impossible);
        }
        return properties;
    }
}
