package dev.polyphony.launcher.cluster;

import dev.polyphony.launcher.LauncherMistake;
import org.jspecify.annotations.Nullable;

/**
 * A namespace of a Kubernetes cluster.
 *
 * @param name of the namespace
 * @param context of the kubeconfig, which names the cluster; null for the current one
 */
public record ClusterNamespace(String name, @Nullable String context) {

    public ClusterNamespace {
        if (!name.matches("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?")) {
            throw new LauncherMistake(
                    "a namespace's name consists of lower-case letters, digits and '-', unlike \"" + name + "\"");
        }
    }

    /** The options that lead a command here again. */
    public String options() {
        return "--namespace " + name + (context == null ? "" : " --context " + context);
    }
}
