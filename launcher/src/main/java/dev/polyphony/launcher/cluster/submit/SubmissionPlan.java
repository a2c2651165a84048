package dev.polyphony.launcher.cluster.submit;

import dev.polyphony.launcher.LauncherMistake;
import dev.polyphony.launcher.cluster.ClusterSession;
import dev.polyphony.launcher.cluster.Ownership;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobCondition;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Decides what becomes of each object, by what is there; changes nothing. */
final class SubmissionPlan {

    private final ClusterSession session;

    SubmissionPlan(ClusterSession session) {
        this.session = session;
    }

    /**
     * What becomes of an object.
     *
     * @throws LauncherMistake if what is there stands in the way
     */
    PlannedObject plan(HasMetadata object) {
        String title = PlannedObject.title(object);
        HasMetadata existing;
        try {
            existing = session.client().resource(object).get();
        } catch (KubernetesClientException refusal) {
            if (refusal.getCode() == HttpURLConnection.HTTP_FORBIDDEN && isOfCluster(object)) {
                return new PlannedObject(
                        object, null, "you may not look whether it is there, and it is taken as there");
            }
            return session.ask("look at " + title, () -> {
                throw refusal;
            });
        }
        if (existing == null) {
            return new PlannedObject(object, null, null);
        }
        requireSameOverlay(object, existing);
        if (object instanceof Job job && existing instanceof Job there) {
            return new PlannedObject(object, existing, leave(job, there));
        }
        if (isOfCluster(object)) {
            return new PlannedObject(object, existing, "of the whole cluster, and there");
        }
        if (object instanceof Deployment deployment && Ownership.of(object).equals(Optional.of(Ownership.STREAM))) {
            keepRecipe(deployment, existing);
        }
        return new PlannedObject(object, existing, null);
    }

    private static boolean isOfCluster(HasMetadata object) {
        return object.getMetadata().getNamespace() == null;
    }

    /** One overlay's Kafka would become another's, with other brokers and another way in. */
    private void requireSameOverlay(HasMetadata object, HasMetadata existing) {
        String wanted = annotation(object, Tailor.OVERLAY);
        String there = annotation(existing, Tailor.OVERLAY);
        if (!there.isEmpty() && !there.equals(wanted)) {
            throw new LauncherMistake("namespace " + session.place().name() + " was set up with the overlay " + there
                    + ", not " + wanted + ": give --overlay " + there + ", or submit to another namespace");
        }
    }

    private static String annotation(HasMetadata object, String key) {
        Map<String, String> annotations = object.getMetadata().getAnnotations();
        return annotations == null ? "" : annotations.getOrDefault(key, "");
    }

    /**
     * Why a Job that is there is left alone: it works, or has done its work.
     *
     * @throws LauncherMistake if it does neither, or is not the one that is wanted
     */
    private String leave(Job wanted, Job there) {
        boolean ensemble = Ownership.of(wanted).equals(Optional.of(Ownership.ENSEMBLE));
        Integer members = wanted.getSpec().getCompletions();
        Integer membersThere = there.getSpec().getCompletions();
        if (ensemble && members != null && membersThere != null && membersThere < members) {
            throw mistake(
                    there,
                    "trains " + membersThere + " members, and this recipe needs " + members
                            + " (one of them as an external guide)",
                    "members that are trained stay in the store");
        }
        if (is(there, "Complete")) {
            return ensemble ? "already trained" : "already learned";
        }
        Optional<JobCondition> failed = condition(there, "Failed");
        if (failed.isPresent()) {
            String reason = failed.get().getReason();
            throw mistake(
                    there,
                    "has failed" + (reason == null ? "" : " (" + reason + ")") + "; 'polyphony logs "
                            + Ownership.of(wanted).orElseThrow().idOf(wanted) + " "
                            + session.place().options() + "' says why",
                    "it goes on at what was saved last");
        }
        if (JobTemplate.differ(wanted, there)) {
            throw mistake(
                    there,
                    "is another one than this recipe and overlay make, and a Job cannot change",
                    "it goes on at what was saved last");
        }
        return "at work";
    }

    private LauncherMistake mistake(Job job, String what, String loss) {
        String name = job.getMetadata().getName();
        String context = session.place().context();
        return new LauncherMistake("Job " + name + " " + what + ". Nothing was applied. 'kubectl delete job " + name
                + " --namespace " + session.place().name() + (context == null ? "" : " --context " + context)
                + "', then submit again: " + loss);
    }

    private static boolean is(Job job, String type) {
        return condition(job, type).isPresent();
    }

    private static Optional<JobCondition> condition(Job job, String type) {
        List<JobCondition> conditions =
                job.getStatus() == null || job.getStatus().getConditions() == null
                        ? List.of()
                        : job.getStatus().getConditions();
        return conditions.stream()
                .filter(condition -> condition.getType().equals(type)
                        && condition.getStatus().equals("True"))
                .findFirst();
    }

    /**
     * A recipe that differs in its student alone says the same to the services of a stream: they keep the one they have,
     * and no pod is replaced.
     */
    private void keepRecipe(Deployment wanted, HasMetadata existing) {
        Workload.of(existing)
                .flatMap(Workload::recipe)
                .filter(recipe -> session.ask(
                        "look at ConfigMap " + recipe,
                        () -> session.client().configMaps().withName(recipe).get() != null))
                .ifPresent(recipe -> Workload.of(wanted).orElseThrow().readRecipeFrom(recipe));
    }
}
