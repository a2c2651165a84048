package dev.polyphony.launcher.cluster;

import dev.polyphony.experiment.Identities;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Whose an object is: one ensemble's, one stream's or one run's. All others are of the namespace, and every recipe's. An
 * object has the label of its owner, and those of the owners before it.
 */
public enum Ownership {
    ENSEMBLE,
    STREAM,
    RUN;

    /** Start of the names of labels and annotations. */
    public static final String PREFIX = "polyphony.dev/";

    /** The label that says which service a pod is. */
    public static final String SERVICE = "app.kubernetes.io/name";

    private static final String COMPONENT = "app.kubernetes.io/component";

    /** The label that holds the owner's identity. */
    public String label() {
        return PREFIX + word();
    }

    /** Such as {@code stream}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The owner's identity. */
    public String id(Identities identities) {
        return switch (this) {
            case ENSEMBLE -> identities.ensembleId();
            case STREAM -> identities.streamId();
            case RUN -> identities.runId();
        };
    }

    /** The labels of what belongs to this owner. */
    public Map<String, String> labels(Identities identities) {
        Map<String, String> labels = new TreeMap<>();
        for (Ownership owner : values()) {
            if (owner.compareTo(this) <= 0) {
                labels.put(owner.label(), owner.id(identities));
            }
        }
        return labels;
    }

    /** Whose a service's workload is, by the labels of its pods; empty if it is none of Polyphony's services. */
    public static Optional<Ownership> ofPods(Map<String, String> labels) {
        return switch (labels.getOrDefault(SERVICE, "")) {
            case "teacher-service" -> Optional.of("ensemble".equals(labels.get(COMPONENT)) ? ENSEMBLE : STREAM);
            case "perturb-service" -> Optional.of(STREAM);
            case "student-trainer", "evaluator" -> Optional.of(RUN);
            default -> Optional.empty();
        };
    }

    /** Whose a submitted object is; empty if it is of all. */
    public static Optional<Ownership> of(HasMetadata object) {
        Map<String, String> labels = object.getMetadata().getLabels();
        for (Ownership owner : new Ownership[] {RUN, STREAM, ENSEMBLE}) {
            if (labels != null && labels.containsKey(owner.label())) {
                return Optional.of(owner);
            }
        }
        return Optional.empty();
    }

    /** The identity in the label of a submitted object that is this owner's. */
    public String idOf(HasMetadata object) {
        return object.getMetadata().getLabels().getOrDefault(label(), "");
    }
}
