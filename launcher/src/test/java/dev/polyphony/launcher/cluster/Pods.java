package dev.polyphony.launcher.cluster;

import io.fabric8.kubernetes.api.model.ContainerState;
import io.fabric8.kubernetes.api.model.ContainerStateBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobBuilder;
import java.util.Map;
import java.util.TreeMap;

/** Objects as submit and the cluster's controllers would make them, no more of them than is looked at. */
public final class Pods {

    public static final ContainerState RUNNING =
            new ContainerStateBuilder().withNewRunning().endRunning().build();

    private Pods() {}

    /** The labels of what belongs to an owner: those of {@code owner=id}, and the service's. */
    public static Map<String, String> labels(String service, String... owners) {
        Map<String, String> labels = new TreeMap<>();
        labels.put("app.kubernetes.io/part-of", "polyphony");
        labels.put("app.kubernetes.io/name", service);
        for (String owner : owners) {
            labels.put("polyphony.dev/" + owner.replaceFirst("=.*", ""), owner.replaceFirst(".*=", ""));
        }
        return labels;
    }

    /** A container's end. */
    public static ContainerState ended(int exitCode, String reason, String at) {
        return new ContainerStateBuilder()
                .withNewTerminated()
                .withExitCode(exitCode)
                .withReason(reason)
                .withFinishedAt(at)
                .endTerminated()
                .build();
    }

    /** A container that has not started. */
    public static ContainerState waiting(String reason) {
        return new ContainerStateBuilder()
                .withNewWaiting()
                .withReason(reason)
                .endWaiting()
                .build();
    }

    /** A pod with one container. */
    public static Pod pod(
            String name, Map<String, String> labels, ContainerState state, ContainerState last, int restarts) {
        return new PodBuilder()
                .withNewMetadata()
                .withName(name)
                .withLabels(labels)
                .endMetadata()
                .withNewSpec()
                .addNewContainer()
                .withName("service")
                .endContainer()
                .endSpec()
                .withNewStatus()
                .withPhase(state.getRunning() == null ? "Pending" : "Running")
                .addNewContainerStatus()
                .withName("service")
                .withRestartCount(restarts)
                .withState(state)
                .withLastState(last)
                .endContainerStatus()
                .endStatus()
                .build();
    }

    /** A Job of so many completions, so many of which are reached; over if it has a condition. */
    public static Job job(
            String name, Map<String, String> labels, int completions, int succeeded, int failed, String... condition) {
        JobBuilder job = new JobBuilder()
                .withNewMetadata()
                .withName(name)
                .withLabels(labels)
                .addToAnnotations("polyphony.dev/recipe", labels.containsKey("polyphony.dev/run") ? "mine" : "")
                .endMetadata()
                .withNewSpec()
                .withCompletions(completions)
                .endSpec()
                .withNewStatus()
                .withSucceeded(succeeded)
                .withFailed(failed)
                .endStatus();
        if (condition.length == 2) {
            job.editStatus()
                    .addNewCondition()
                    .withType(condition[0])
                    .withStatus("True")
                    .withReason(condition[1])
                    .endCondition()
                    .endStatus();
        }
        return job.build();
    }

    /** A Deployment of one replica. */
    public static Deployment deployment(String name, Map<String, String> labels, int ready) {
        return new DeploymentBuilder()
                .withNewMetadata()
                .withName(name)
                .withLabels(labels)
                .endMetadata()
                .withNewSpec()
                .withReplicas(1)
                .withNewTemplate()
                .withNewSpec()
                .addNewContainer()
                .withName("service")
                .endContainer()
                .endSpec()
                .endTemplate()
                .endSpec()
                .withNewStatus()
                .withReadyReplicas(ready)
                .endStatus()
                .build();
    }
}
