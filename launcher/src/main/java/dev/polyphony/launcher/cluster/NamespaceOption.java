package dev.polyphony.launcher.cluster;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that name a place on a Kubernetes cluster. */
public final class NamespaceOption {

    @Option(names = "--namespace", required = true, paramLabel = "N", description = "The namespace on the cluster.")
    private String namespace = "";

    @Option(
            names = "--context",
            paramLabel = "C",
            description = "The kubeconfig's context, which names the cluster; the current one otherwise.")
    private @Nullable String context;

    /**
     * The place that the user means.
     *
     * @throws dev.polyphony.launcher.LauncherMistake if no namespace can have that name
     */
    public ClusterNamespace namespace() {
        return new ClusterNamespace(namespace, context);
    }
}
