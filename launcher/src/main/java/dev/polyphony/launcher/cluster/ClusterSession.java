package dev.polyphony.launcher.cluster;

import dev.polyphony.launcher.LauncherMistake;
import io.fabric8.kubernetes.api.model.NamedContext;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** A connection to a cluster's API server, for the work in one namespace. */
public final class ClusterSession implements AutoCloseable {

    static final int HTTP_UNPROCESSABLE = 422;

    private static final int RETRIES = 1;

    private final KubernetesClient client;
    private final ClusterNamespace place;

    private ClusterSession(KubernetesClient client, ClusterNamespace place) {
        this.client = client;
        this.place = place;
    }

    /**
     * Connects as kubectl would, by {@code $KUBECONFIG}, {@code ~/.kube/config} or a pod's service account.
     *
     * @throws LauncherMistake if there is no such cluster or namespace, or it lets nobody in
     */
    public static ClusterSession open(ClusterNamespace place) {
        KubernetesClient client =
                new KubernetesClientBuilder().withConfig(config(place)).build();
        ClusterSession session = new ClusterSession(client, place);
        try {
            session.requireNamespace();
        } catch (RuntimeException refused) {
            client.close();
            throw refused;
        }
        return session;
    }

    private static Config config(ClusterNamespace place) {
        Config current;
        try {
            current = Config.autoConfigure(null);
        } catch (RuntimeException unreadable) {
            throw new LauncherMistake("the kubeconfig cannot be read: " + unreadable.getMessage());
        }
        List<String> contexts =
                current.getContexts().stream().map(NamedContext::getName).toList();
        String context = place.context();
        if (context != null && !contexts.contains(context)) {
            throw new LauncherMistake("the kubeconfig has no context " + context + "; it has "
                    + (contexts.isEmpty() ? "none" : String.join(", ", contexts)));
        }
        if (contexts.isEmpty() && current.getAutoOAuthToken() == null && isDefault(current)) {
            throw new LauncherMistake("no cluster is known here: there is neither $KUBECONFIG nor ~/.kube/config;"
                    + " 'kubectl config get-contexts' should list one");
        }
        Config config = context == null ? current : Config.autoConfigure(context);
        config.setNamespace(place.name());
        config.setRequestRetryBackoffLimit(RETRIES);
        return config;
    }

    private static boolean isDefault(Config config) {
        return config.getMasterUrl().startsWith(Config.DEFAULT_MASTER_URL);
    }

    /** The client, whose default namespace is this one. */
    public KubernetesClient client() {
        return client;
    }

    /** The namespace. */
    public ClusterNamespace place() {
        return place;
    }

    /** Who may not look at namespaces may work in one all the same. */
    private void requireNamespace() {
        Optional<?> found = ask("look at namespace " + place.name(), () -> {
            try {
                return Optional.ofNullable(
                        client.namespaces().withName(place.name()).get());
            } catch (KubernetesClientException refusal) {
                if (refusal.getCode() == HttpURLConnection.HTTP_FORBIDDEN) {
                    return Optional.of(place);
                }
                throw refusal;
            }
        });
        if (found.isEmpty()) {
            throw new LauncherMistake("there is no namespace " + place.name() + " on the cluster at "
                    + client.getMasterUrl() + "; 'kubectl create namespace " + place.name() + "' makes it");
        }
    }

    /**
     * What the server answers.
     *
     * @param what is asked for, such as {@code look at Job ensemble-1a2b}, for the message
     * @throws LauncherMistake if the server refuses for good, or does not answer
     */
    public <T> T ask(String what, Supplier<T> request) {
        try {
            return request.get();
        } catch (KubernetesClientException failure) {
            throw ClusterFailure.of(failure, what, client.getMasterUrl().toString());
        }
    }

    @Override
    public void close() {
        client.close();
    }
}
