package dev.polyphony.launcher.cluster;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.polyphony.launcher.Polyphony;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import io.fabric8.mockwebserver.Context;
import io.fabric8.mockwebserver.MockWebServer;
import io.fabric8.mockwebserver.ServerRequest;
import io.fabric8.mockwebserver.ServerResponse;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** A cluster that holds what it is given, with the namespace {@code demo}; commands find it by a kubeconfig. */
public final class FakeCluster implements AutoCloseable {

    public static final String NAMESPACE = "demo";

    private static final String KUBECONFIG = "kubeconfig";
    private static final String HOME = "polyphony.home";

    private final ApplyingServer dispatcher;
    private final KubernetesMockServer server;
    private final KubernetesClient client;
    private final Path directory;
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    /** @param directory empty; for the kubeconfig and the work directory */
    public FakeCluster(Path directory) throws IOException {
        this.directory = directory;
        Map<ServerRequest, Queue<ServerResponse>> responses = new ConcurrentHashMap<>();
        dispatcher = new ApplyingServer(responses);
        server = new KubernetesMockServer(
                new Context(new ObjectMapper()), new MockWebServer(), responses, dispatcher, false);
        server.init();
        client = server.createClient();
        client.resource(new NamespaceBuilder()
                        .withNewMetadata()
                        .withName(NAMESPACE)
                        .endMetadata()
                        .build())
                .create();
        String url = server.url("/");
        Path kubeconfig = Files.writeString(directory.resolve("config"), """
                        apiVersion: v1
                        kind: Config
                        current-context: kind
                        clusters: [{name: kind, cluster: {server: "%s"}}]
                        users: [{name: me, user: {token: secret}}]
                        contexts: [{name: kind, context: {cluster: kind, user: me}}]
                        """.formatted(url));
        System.setProperty(KUBECONFIG, kubeconfig.toString());
        System.setProperty(HOME, Path.of("..").toAbsolutePath().normalize().toString());
    }

    /** Skips the test where nothing can render manifests. */
    public static void assumeKubectl() throws InterruptedException {
        boolean possible;
        try {
            Process process = new ProcessBuilder("kubectl", "kustomize", "--help")
                    .redirectErrorStream(true)
                    .start();
            process.getInputStream().readAllBytes();
            possible = process.waitFor() == 0;
        } catch (IOException none) {
            possible = false;
        }
        assumeTrue(possible, "kubectl with kustomize is not installed: see k8s/README.md");
    }

    public KubernetesClient client() {
        return client;
    }

    public KubernetesMockServer server() {
        return server;
    }

    public void lack(String apiVersion) {
        dispatcher.lack(apiVersion);
    }

    public void refuse(String path, int code) {
        dispatcher.refuse(path, code);
    }

    public void refuseApplying(String path, int code) {
        dispatcher.refuseApplying(path, code);
    }

    /** Paths of what was applied and kept. */
    public Set<String> writes() {
        return dispatcher.writes();
    }

    /** Puts an object there, with its status. */
    public <T extends HasMetadata> void add(T object) {
        object.getMetadata().setNamespace(NAMESPACE);
        client.resource(object).create();
    }

    /** Runs a command in the namespace; returns its exit code. */
    public int run(String... arguments) {
        out.getBuffer().setLength(0);
        err.getBuffer().setLength(0);
        List<String> all = new ArrayList<>(List.of(arguments));
        if (!all.contains("--namespace")) {
            all.addAll(List.of("--namespace", NAMESPACE));
        }
        if (!all.get(0).equals("logs")) {
            all.addAll(List.of("--work", directory.resolve("work").toString()));
        }
        return Polyphony.commandLine()
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(all.toArray(String[]::new));
    }

    /** What the last command printed. */
    public String out() {
        return out.toString();
    }

    /** What the last command complained of. */
    public String err() {
        return err.toString();
    }

    @Override
    public void close() {
        System.clearProperty(KUBECONFIG);
        System.clearProperty(HOME);
        client.close();
        server.destroy();
    }
}
