package dev.polyphony.launcher.cluster.watch;

import dev.polyphony.launcher.cluster.Ownership;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobCondition;
import io.fabric8.kubernetes.api.model.batch.v1.JobStatus;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How far an ensemble, a stream or a run is, in words. */
final class OwnerStatus {

    private static final String RECIPE = Ownership.PREFIX + "recipe";

    private final Owner owner;
    private final NamespaceObjects objects;
    private final PodTrouble trouble;

    /** @param objects of this owner alone */
    OwnerStatus(Owner owner, NamespaceObjects objects) {
        this.owner = owner;
        this.objects = objects;
        this.trouble = new PodTrouble(objects.pods());
    }

    /** One line, such as {@code run       1a2b (fashion/ods), learning, evaluator 1/1 ready}. */
    String line() {
        List<String> parts = new ArrayList<>();
        objects.jobs().forEach(job -> parts.add(job(job)));
        if (owner.kind() == Ownership.STREAM) {
            parts.add(stream());
        }
        objects.deployments().stream()
                .sorted(Comparator.comparing(OwnerStatus::service))
                .forEach(deployment ->
                        parts.add(service(deployment) + " " + ready(deployment) + "/" + wanted(deployment) + " ready"));
        int restarts = trouble.restarts()
                + objects.jobs().stream().mapToInt(OwnerStatus::replaced).sum();
        if (restarts > 0) {
            parts.add(restarts == 1 ? "1 restart" : restarts + " restarts");
        }
        trouble.lastFailure().ifPresent(failure -> parts.add("last " + failure));
        return "%-9s %s%s, %s".formatted(owner.kind().word(), owner.id(), recipe(), String.join(", ", parts));
    }

    private String recipe() {
        return objects.jobs().stream()
                .map(job -> job.getMetadata().getAnnotations())
                .filter(Objects::nonNull)
                .map(annotations -> annotations.getOrDefault(RECIPE, ""))
                .filter(name -> !name.isEmpty())
                .map(name -> " (" + name + ")")
                .findFirst()
                .orElse("");
    }

    private String job(Job job) {
        boolean ensemble = owner.kind() == Ownership.ENSEMBLE;
        if (condition(job, "Complete").isPresent()) {
            return ensemble ? "trained, " + members(job) + " members" : "finished";
        }
        Optional<JobCondition> failed = condition(job, "Failed");
        if (failed.isPresent()) {
            String reason = failed.get().getReason();
            return "failed" + (reason == null ? "" : " (" + reason + ")");
        }
        String of = ensemble ? " " + trained(job) + " of " + members(job) + " members" : "";
        if (trouble.isRunning()) {
            return ensemble ? "training" + of + " trained" : "learning";
        }
        String suspended = Boolean.TRUE.equals(job.getSpec().getSuspend()) ? "suspended" : "";
        return waiting(suspended) + (ensemble ? "," + of + " trained" : "");
    }

    private String stream() {
        boolean any = objects.deployments().stream().anyMatch(deployment -> ready(deployment) > 0);
        boolean off = objects.deployments().stream().allMatch(deployment -> wanted(deployment) == 0);
        return any ? "streaming" : off ? "switched off" : waiting(trouble.isRunning() ? "not ready yet" : "");
    }

    private String waiting(String otherwise) {
        String reason = trouble.waiting().orElse(otherwise);
        return reason.isEmpty() ? "waiting" : "waiting (" + reason + ")";
    }

    private static Optional<JobCondition> condition(Job job, String type) {
        return status(job).getConditions().stream()
                .filter(condition -> condition.getType().equals(type)
                        && condition.getStatus().equals("True"))
                .findFirst();
    }

    private static JobStatus status(Job job) {
        return job.getStatus() == null ? new JobStatus() : job.getStatus();
    }

    private static int trained(Job job) {
        return number(status(job).getSucceeded());
    }

    private static int members(Job job) {
        return number(job.getSpec().getCompletions());
    }

    private static int replaced(Job job) {
        return number(status(job).getFailed());
    }

    private static String service(Deployment deployment) {
        Map<String, String> labels = deployment.getMetadata().getLabels();
        return labels.getOrDefault(Ownership.SERVICE, deployment.getMetadata().getName());
    }

    private static int ready(Deployment deployment) {
        return deployment.getStatus() == null
                ? 0
                : number(deployment.getStatus().getReadyReplicas());
    }

    private static int wanted(Deployment deployment) {
        Integer replicas = deployment.getSpec().getReplicas();
        return replicas == null ? 1 : replicas;
    }

    private static int number(@Nullable Integer absentIfZero) {
        return absentIfZero == null ? 0 : absentIfZero;
    }
}
