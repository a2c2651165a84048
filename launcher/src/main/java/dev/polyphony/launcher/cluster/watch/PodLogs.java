package dev.polyphony.launcher.cluster.watch;

import dev.polyphony.launcher.LauncherMistake;
import dev.polyphony.launcher.cluster.ClusterNamespace;
import dev.polyphony.launcher.cluster.ClusterSession;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.ContainerResource;
import io.fabric8.kubernetes.client.dsl.LogWatch;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.net.HttpURLConnection;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the pods of an ensemble, a stream or a run have written; each line with its pod's name where there are several. */
final class PodLogs {

    /** The container of every service's pod. */
    private static final String CONTAINER = "service";

    private final ClusterNamespace place;
    private final PrintWriter out;

    PodLogs(ClusterNamespace place, PrintWriter out) {
        this.place = place;
        this.out = out;
    }

    /**
     * Prints logs.
     *
     * @param id identity, or the beginning of one
     * @param service whose pods, or null for all
     * @param follow whether to go on until the pods end
     * @throws LauncherMistake if there is no such owner, or no pod of it
     */
    void print(String id, @Nullable String service, boolean follow) {
        try (ClusterSession session = ClusterSession.open(place)) {
            NamespaceObjects all = NamespaceObjects.read(session);
            Owner owner = all.find(id, session);
            List<Pod> pods = all.of(owner).pods();
            if (service != null) {
                pods = NamespaceObjects.ofService(pods, service);
            }
            if (pods.isEmpty()) {
                throw new LauncherMistake("no pod of " + owner + (service == null ? "" : " and " + service)
                        + " is there; 'polyphony status " + place.options() + "' says how far it is");
            }
            List<String> names = pods.stream()
                    .map(pod -> pod.getMetadata().getName())
                    .sorted(Comparator.naturalOrder())
                    .toList();
            if (follow) {
                follow(session, names);
            } else {
                names.forEach(name -> print(session, name, prefix(names, name)));
            }
        }
    }

    private static String prefix(List<String> names, String name) {
        return names.size() == 1 ? "" : name + "  ";
    }

    private static ContainerResource container(ClusterSession session, String pod) {
        return session.client().pods().withName(pod).inContainer(CONTAINER);
    }

    private void print(ClusterSession session, String pod, String prefix) {
        session.ask("read the log of pod " + pod, () -> {
            try (InputStream log = container(session, pod).getLogInputStream()) {
                copy(log, prefix);
            } catch (KubernetesClientException refusal) {
                tellIfNotStarted(refusal, pod);
            } catch (IOException brokenOff) {
                say(prefix + "(the log broke off: " + brokenOff.getMessage() + ")");
            }
            return pod;
        });
    }

    private void tellIfNotStarted(KubernetesClientException refusal, String pod) {
        if (refusal.getCode() != HttpURLConnection.HTTP_BAD_REQUEST) {
            throw refusal;
        }
        say("(pod " + pod + " has not started yet)");
    }

    /** Each pod's in a thread of its own; ends when all pods have ended. */
    private void follow(ClusterSession session, List<String> names) {
        List<Thread> readers = new ArrayList<>();
        for (String name : names) {
            Thread reader = new Thread(() -> follow(session, name, prefix(names, name)), "log-" + name);
            reader.setDaemon(true);
            reader.start();
            readers.add(reader);
        }
        for (Thread reader : readers) {
            try {
                reader.join();
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    private void follow(ClusterSession session, String pod, String prefix) {
        try (LogWatch watch = container(session, pod).watchLog()) {
            copy(watch.getOutput(), prefix);
        } catch (KubernetesClientException refusal) {
            say("(the log of pod " + pod + " cannot be followed: " + refusal.getMessage() + ")");
        } catch (IOException brokenOff) {
            say(prefix + "(the log broke off: " + brokenOff.getMessage() + ")");
        }
    }

    private void copy(InputStream log, String prefix) throws IOException {
        BufferedReader lines = new BufferedReader(new InputStreamReader(log, StandardCharsets.UTF_8));
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            say(prefix + line);
        }
    }

    private synchronized void say(String line) {
        out.println(line);
        out.flush();
    }
}
