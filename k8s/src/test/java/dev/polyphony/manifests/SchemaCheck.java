package dev.polyphony.manifests;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.exc.PropertyBindingException;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.fabric8.kubernetes.api.model.scheduling.v1.PriorityClass;
import io.fabric8.openshift.api.model.monitoring.v1.PodMonitor;
import io.fabric8.openshift.api.model.monitoring.v1.PrometheusRule;
import java.io.IOException;
import java.io.InputStream;
import java.io.Serial;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Every object is of a known kind, with known fields of the right types. Kinds of Kubernetes and of the Prometheus
 * operator by the classes of a client, the others by schemas.
 */
final class SchemaCheck implements Check {

    private static final Map<String, Class<?>> TYPES = Map.of(
            "apps/v1 Deployment", Deployment.class,
            "batch/v1 Job", Job.class,
            "v1 ConfigMap", ConfigMap.class,
            "v1 PersistentVolumeClaim", PersistentVolumeClaim.class,
            "v1 ServiceAccount", ServiceAccount.class,
            "networking.k8s.io/v1 NetworkPolicy", NetworkPolicy.class,
            "policy/v1 PodDisruptionBudget", PodDisruptionBudget.class,
            "scheduling.k8s.io/v1 PriorityClass", PriorityClass.class,
            "monitoring.coreos.com/v1 PodMonitor", PodMonitor.class,
            "monitoring.coreos.com/v1 PrometheusRule", PrometheusRule.class);

    private static final JsonSchemaFactory SCHEMAS = JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V7);

    /** A client of Kubernetes keeps fields that it does not know; here they are mistakes. */
    private final ObjectMapper strict = new ObjectMapper()
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .setAnnotationIntrospector(new JacksonAnnotationIntrospector() {
                @Serial
                private static final long serialVersionUID = 1L;

                @Override
                public @Nullable Boolean hasAnySetter(Annotated annotated) {
                    return Boolean.FALSE;
                }
            });

    @Override
    public List<String> problems(Rendering rendering) {
        List<String> problems = new ArrayList<>();
        for (ObjectNode object : rendering.objects()) {
            String kind = object.path("apiVersion").asText() + " " + Rendering.kind(object);
            Class<?> type = TYPES.get(kind);
            if (type != null) {
                typed(object, type, problems);
            } else {
                bySchema(object, kind, problems);
            }
        }
        return problems;
    }

    private void typed(ObjectNode object, Class<?> type, List<String> problems) {
        try {
            strict.treeToValue(object, type);
        } catch (PropertyBindingException unknown) {
            problems.add(Rendering.title(object) + " has no field "
                    + unknown.getPathReference().replaceAll("^.*?->", ""));
        } catch (IOException wrong) {
            problems.add(Rendering.title(object) + ": "
                    + String.valueOf(wrong.getMessage()).lines().findFirst().orElse(""));
        }
    }

    private static void bySchema(ObjectNode object, String kind, List<String> problems) {
        String file = "/schemas/" + kind.replaceAll("[/ ]", "-") + ".json";
        try (InputStream in = SchemaCheck.class.getResourceAsStream(file)) {
            if (in == null) {
                problems.add(Rendering.title(object) + " is of an unknown kind: " + kind);
                return;
            }
            JsonNode schema = closed(new ObjectMapper().readTree(in));
            ObjectNode judged = object.deepCopy();
            judged.remove("metadata");
            JsonSchema validator = SCHEMAS.getSchema(schema);
            for (ValidationMessage message : validator.validate(judged)) {
                problems.add(Rendering.title(object) + ": " + message.getMessage());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The schema, allowing no other fields than those that it names. */
    private static JsonNode closed(JsonNode schema) {
        if (schema instanceof ObjectNode object) {
            boolean open = object.path("x-kubernetes-preserve-unknown-fields").asBoolean();
            if (object.path("properties").isObject() && !object.has("additionalProperties") && !open) {
                object.put("additionalProperties", false);
            }
        }
        schema.forEach(SchemaCheck::closed);
        return schema;
    }
}
