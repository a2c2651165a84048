package dev.polyphony.launcher.cluster;

import io.fabric8.kubernetes.api.model.APIResourceBuilder;
import io.fabric8.kubernetes.api.model.APIResourceListBuilder;
import io.fabric8.kubernetes.api.model.StatusBuilder;
import io.fabric8.kubernetes.client.server.mock.KubernetesMixedDispatcher;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.fabric8.mockwebserver.ServerRequest;
import io.fabric8.mockwebserver.ServerResponse;
import io.fabric8.mockwebserver.dsl.HttpMethod;
import io.fabric8.mockwebserver.http.Buffer;
import io.fabric8.mockwebserver.http.Dispatcher;
import io.fabric8.mockwebserver.http.Headers;
import io.fabric8.mockwebserver.http.MockResponse;
import io.fabric8.mockwebserver.http.RecordedRequest;
import java.net.HttpURLConnection;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;

/**
 * fabric8's server in CRUD mode, and what that cannot do: server-side apply, tried or kept, and saying which kinds there
 * are. What it cannot do here either: remove a field that is not applied any more, refuse what cannot change, fill in
 * defaults, know who owns a field. No controller acts on what it holds.
 */
final class ApplyingServer extends Dispatcher {

    private static final int HTTP_OK = 200;
    private static final String APPLYING = "PATCH ";
    private static final Map<String, List<String>> KINDS = Map.of(
            "v1", List.of("ConfigMap", "ServiceAccount", "PersistentVolumeClaim"),
            "apps/v1", List.of("Deployment"),
            "batch/v1", List.of("Job"),
            "policy/v1", List.of("PodDisruptionBudget"),
            "scheduling.k8s.io/v1", List.of("PriorityClass"),
            "networking.k8s.io/v1", List.of("NetworkPolicy"),
            "kafka.strimzi.io/v1", List.of("Kafka", "KafkaNodePool", "KafkaTopic", "KafkaUser"),
            "keda.sh/v1alpha1", List.of("ScaledObject"),
            "monitoring.coreos.com/v1", List.of("PodMonitor", "PrometheusRule"));

    private final KubernetesMixedDispatcher crud;
    private final Set<String> missing = ConcurrentHashMap.newKeySet();
    private final Map<String, Integer> refusals = new ConcurrentHashMap<>();
    private final Set<String> writes = Collections.synchronizedSet(new TreeSet<>());

    ApplyingServer(Map<ServerRequest, Queue<ServerResponse>> responses) {
        this.crud = new KubernetesMixedDispatcher(responses);
    }

    /** From now on the cluster does not know the kinds of this version. */
    void lack(String apiVersion) {
        missing.add(apiVersion);
    }

    /** From now on everything whose path ends like this is answered with a code. */
    void refuse(String path, int code) {
        refusals.put(path, code);
    }

    /** The same of what is to be applied, tried or kept; it can still be looked at. */
    void refuseApplying(String path, int code) {
        refusals.put(APPLYING + path, code);
    }

    /** What was applied and kept, by path. */
    Set<String> writes() {
        return writes;
    }

    @Override
    public MockResponse dispatch(RecordedRequest request) {
        String path = request.getPath().replaceFirst("\\?.*", "");
        for (Map.Entry<String, Integer> refusal : refusals.entrySet()) {
            if (path.endsWith(refusal.getKey()) || (request.getMethod() + " " + path).endsWith(refusal.getKey())) {
                return answer(
                        refusal.getValue(),
                        new StatusBuilder()
                                .withCode(refusal.getValue())
                                .withMessage("no to " + refusal.getKey())
                                .build());
            }
        }
        String version = path.replaceFirst("^/apis?/", "");
        if (request.getMethod().equals("GET") && (KINDS.containsKey(version) || missing.contains(version))) {
            return discover(version);
        }
        String type = request.getHeader("Content-Type");
        if (request.getMethod().equals("PATCH") && type != null && type.startsWith("application/apply-patch+yaml")) {
            return apply(path, request);
        }
        return crud.dispatch(request);
    }

    private MockResponse discover(String version) {
        if (missing.contains(version)) {
            return answer(
                    HttpURLConnection.HTTP_NOT_FOUND,
                    new StatusBuilder()
                            .withCode(HttpURLConnection.HTTP_NOT_FOUND)
                            .build());
        }
        APIResourceListBuilder kinds = new APIResourceListBuilder().withGroupVersion(version);
        for (String kind : KINDS.getOrDefault(version, List.of())) {
            String singular = kind.toLowerCase(Locale.ROOT);
            kinds.addToResources(new APIResourceBuilder()
                    .withKind(kind)
                    .withName(singular + (singular.endsWith("s") ? "es" : "s"))
                    .withNamespaced(!kind.equals("PriorityClass"))
                    .build());
        }
        return answer(HTTP_OK, kinds.build());
    }

    private MockResponse apply(String path, RecordedRequest request) {
        String body = request.getBody().readUtf8();
        boolean tried = request.getPath().contains("dryRun=All");
        if (!request.getPath().contains("fieldManager=polyphony")) {
            return answer(
                    HttpURLConnection.HTTP_BAD_REQUEST,
                    new StatusBuilder().withMessage("who are you?").build());
        }
        MockResponse existing = send(request, "GET", path, "", "application/json");
        boolean isThere = existing.code() == HTTP_OK;
        boolean equal = isThere && contains(tree(text(existing)), tree(body));
        if (equal || tried) {
            return isThere
                    ? existing
                    : new MockResponse()
                            .setResponseCode(HttpURLConnection.HTTP_CREATED)
                            .setBody(body);
        }
        writes.add(path);
        return isThere
                ? send(request, "PATCH", path, body, "application/merge-patch+json")
                : send(request, "POST", path.substring(0, path.lastIndexOf('/')), body, "application/json");
    }

    private MockResponse send(RecordedRequest request, String method, String path, String body, String type) {
        return crud.dispatch(new RecordedRequest(
                request.getHttpVersion(),
                HttpMethod.valueOf(method),
                path,
                Headers.builder().add("Content-Type", type).build(),
                new Buffer(body.getBytes(StandardCharsets.UTF_8))));
    }

    private static String text(MockResponse response) {
        return new String(response.getBody().getBytes(), StandardCharsets.UTF_8);
    }

    private static Map<?, ?> tree(String json) {
        return Serialization.unmarshal(json, HashMap.class);
    }

    private static boolean contains(Object whole, Object part) {
        if (whole instanceof Map<?, ?> map && part instanceof Map<?, ?> wanted) {
            return wanted.entrySet().stream()
                    .allMatch(entry ->
                            map.containsKey(entry.getKey()) && contains(map.get(entry.getKey()), entry.getValue()));
        }
        return whole.equals(part);
    }

    private static MockResponse answer(int code, Object body) {
        return new MockResponse().setResponseCode(code).setBody(Serialization.asJson(body));
    }
}
