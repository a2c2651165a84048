package dev.polyphony.launcher.cluster.submit;

import dev.polyphony.launcher.LauncherMistake;
import dev.polyphony.launcher.cluster.Ownership;
import dev.polyphony.streaming.StreamTopics;
import dev.polyphony.streaming.access.ServiceRights;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Makes of an overlay's objects those of one recipe. What several recipes of a namespace share stays as it is; what is of
 * an ensemble, a stream or a run gets its identity into its name, its labels and its selectors, so that recipes neither
 * touch each other nor do anything twice.
 */
final class Tailor {

    /** The annotation that says which overlay a namespace was set up with. */
    static final String OVERLAY = Ownership.PREFIX + "overlay";

    /** The annotation that says which recipe a run was submitted as. */
    static final String RECIPE = Ownership.PREFIX + "recipe";

    private static final String RECIPE_FILE = "recipe.yaml";
    private static final String KAFKA_USER = "KafkaUser";
    private static final String SCALED_OBJECT = "ScaledObject";
    private static final String ANY_STREAM = "stream=~\".+\"";

    private final SubmittedRecipe submitted;
    private final String overlay;
    private final String namespace;
    private final Map<String, String> names = new HashMap<>();

    /**
     * For one recipe.
     *
     * @param overlay the overlay's name
     * @param namespace where the objects will be
     */
    Tailor(SubmittedRecipe submitted, String overlay, String namespace) {
        this.submitted = submitted;
        this.overlay = overlay;
        this.namespace = namespace;
    }

    /**
     * The recipe's objects.
     *
     * @param rendered an overlay's objects, which are changed
     * @throws LauncherMistake if the overlay lacks what every recipe needs
     */
    List<HasMetadata> tailor(List<HasMetadata> rendered) {
        List<HasMetadata> needed =
                rendered.stream().filter(object -> !isNeedless(object)).toList();
        if (needed.stream().noneMatch(Tailor::isRecipe)) {
            throw new LauncherMistake("the overlay " + overlay + " has no ConfigMap with a " + RECIPE_FILE
                    + ": build it on one of k8s/overlays");
        }
        for (HasMetadata object : needed) {
            String name = object.getMetadata().getName();
            if (isRecipe(object)) {
                names.put(key(object.getKind(), name), submitted.configMap());
            } else {
                owner(object)
                        .ifPresent(owner ->
                                names.put(key(object.getKind(), name), name + "-" + owner.id(submitted.identities())));
            }
        }
        needed.forEach(this::tailor);
        return needed;
    }

    /** Nobody trains an ensemble that was imported. */
    private boolean isNeedless(HasMetadata object) {
        return submitted.recipe().trainedMembers() == 0
                && object instanceof Job
                && owner(object).filter(Ownership.ENSEMBLE::equals).isPresent();
    }

    private static boolean isRecipe(HasMetadata object) {
        return object instanceof ConfigMap map
                && map.getData() != null
                && map.getData().containsKey(RECIPE_FILE);
    }

    private static Optional<Ownership> owner(HasMetadata object) {
        if (object instanceof Job job) {
            return Ownership.ofPods(labels(job.getSpec().getTemplate().getMetadata()));
        }
        if (object instanceof Deployment deployment) {
            return Ownership.ofPods(labels(deployment.getSpec().getTemplate().getMetadata()));
        }
        if (object instanceof PodDisruptionBudget budget) {
            return Ownership.ofPods(budget.getSpec().getSelector().getMatchLabels());
        }
        boolean ofService =
                object.getKind().equals(KAFKA_USER) && service(object).isPresent();
        boolean ofStream = object instanceof GenericKubernetesResource scaled
                && object.getKind().equals(SCALED_OBJECT)
                && List.of("perturb-service", "teacher-service").contains(target(scaled));
        return ofService || ofStream ? Optional.of(Ownership.STREAM) : Optional.empty();
    }

    private static Optional<ServiceRights> service(HasMetadata user) {
        return ServiceRights.ofService(user.getMetadata().getName()).filter(rights -> rights != ServiceRights.LAUNCHER);
    }

    private static String target(GenericKubernetesResource scaled) {
        return String.valueOf(scaled.<Object>get("spec", "scaleTargetRef", "name"));
    }

    private static Map<String, String> labels(ObjectMeta metadata) {
        return metadata.getLabels() == null ? Map.of() : metadata.getLabels();
    }

    private static String key(String kind, String name) {
        return kind + "/" + name;
    }

    private String name(String kind, String name) {
        return names.getOrDefault(key(kind, name), name);
    }

    private void tailor(HasMetadata object) {
        Optional<Ownership> owner = owner(object);
        if (object instanceof ConfigMap map && isRecipe(map)) {
            map.setData(new TreeMap<>(Map.of(RECIPE_FILE, submitted.yaml())));
        } else if (object instanceof Job || object instanceof Deployment) {
            workload(object, owner);
        } else if (object instanceof PodDisruptionBudget budget && owner.isPresent()) {
            budget.getSpec()
                    .getSelector()
                    .setMatchLabels(selected(budget.getSpec().getSelector().getMatchLabels(), owner.get()));
        } else if (object instanceof GenericKubernetesResource custom) {
            custom(custom, owner);
        }
        metadata(object, owner);
    }

    private void workload(HasMetadata object, Optional<Ownership> owner) {
        Workload workload = Workload.of(object).orElseThrow();
        workload.rename(this::name);
        owner.ifPresent(present -> workload.label(present.labels(submitted.identities())));
        if (object instanceof Deployment deployment && owner.isPresent()) {
            deployment
                    .getSpec()
                    .getSelector()
                    .setMatchLabels(selected(deployment.getSpec().getSelector().getMatchLabels(), owner.get()));
            if (Integer.valueOf(1).equals(deployment.getSpec().getReplicas())) {
                // The server's default. Unsaid, it stays with whoever scales: KEDA, or somebody who replays.
                deployment.getSpec().setReplicas(null);
            }
        }
        if (object instanceof Job job) {
            if (owner.filter(Ownership.ENSEMBLE::equals).isPresent()) {
                members(job);
            }
            JobTemplate.mark(job);
        }
    }

    /** An overlay that trains all members at once goes on to do so. */
    private void members(Job job) {
        int members = submitted.recipe().trainedMembers();
        int parallelism = job.getSpec().getParallelism();
        boolean together = job.getSpec().getCompletions().equals(parallelism);
        job.getSpec().setCompletions(members);
        job.getSpec().setParallelism(together ? members : Math.min(parallelism, members));
    }

    private Map<String, String> selected(Map<String, String> labels, Ownership owner) {
        Map<String, String> selected = new TreeMap<>(labels);
        selected.put(owner.label(), owner.id(submitted.identities()));
        return selected;
    }

    private void custom(GenericKubernetesResource object, Optional<Ownership> owner) {
        if (owner.isEmpty()) {
            return;
        }
        Map<String, Object> spec = child(object.getAdditionalProperties(), "spec");
        if (object.getKind().equals(KAFKA_USER)) {
            StreamTopics topics = new StreamTopics(submitted.identities().streamId());
            child(spec, "authorization")
                    .put("acls", KafkaUserRights.acls(service(object).orElseThrow(), topics));
        } else {
            child(spec, "scaleTargetRef").put("name", name("Deployment", target(object)));
            triggers(spec);
        }
    }

    /** Without it the slowest stream of the namespace would scale all. */
    private void triggers(Map<String, Object> spec) {
        String stream = "namespace=\"" + namespace + "\",stream=\""
                + submitted.identities().streamId() + "\"";
        if (spec.get("triggers") instanceof List<?> triggers) {
            for (Object trigger : triggers) {
                if (trigger instanceof Map<?, ?> map) {
                    child(tree(map), "metadata").computeIfPresent("query", (key, query) -> query.toString()
                            .replace(ANY_STREAM, stream));
                }
            }
        }
    }

    private void metadata(HasMetadata object, Optional<Ownership> owner) {
        ObjectMeta metadata = object.getMetadata();
        metadata.setName(name(object.getKind(), metadata.getName()));
        if (object instanceof Namespaced || object instanceof GenericKubernetesResource) {
            metadata.setNamespace(namespace);
        }
        if (owner.isPresent()) {
            Map<String, String> labels = new TreeMap<>(labels(metadata));
            labels.putAll(owner.get().labels(submitted.identities()));
            metadata.setLabels(labels);
        }
        if (owner.filter(Ownership.RUN::equals).isPresent()) {
            annotate(metadata, RECIPE, submitted.recipe().name());
        } else if (owner.isEmpty() && metadata.getNamespace() != null && !(object instanceof ConfigMap)) {
            annotate(metadata, OVERLAY, overlay);
        }
    }

    static void annotate(ObjectMeta metadata, String key, String value) {
        Map<String, String> annotations = new TreeMap<>();
        if (metadata.getAnnotations() != null) {
            annotations.putAll(metadata.getAnnotations());
        }
        annotations.put(key, value);
        metadata.setAnnotations(annotations);
    }

    /** What is below a key of an object of no known kind; made if it is not there. */
    private static Map<String, Object> child(Map<String, Object> parent, String key) {
        return tree((Map<?, ?>) parent.computeIfAbsent(key, none -> new TreeMap<String, Object>()));
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> tree(Map<?, ?> json) {
        return (Map<String, Object>) json;
    }
}
