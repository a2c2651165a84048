package dev.polyphony.launcher.cluster.watch;

import io.fabric8.kubernetes.api.model.ContainerState;
import io.fabric8.kubernetes.api.model.ContainerStateTerminated;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodCondition;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/** What has gone wrong in pods, and what they wait for. */
record PodTrouble(List<Pod> pods) {

    /** How often a container has been started again in its pod. */
    int restarts() {
        return containers().mapToInt(ContainerStatus::getRestartCount).sum();
    }

    /** Whether any container works. */
    boolean isRunning() {
        return containers()
                .anyMatch(container ->
                        container.getState() != null && container.getState().getRunning() != null);
    }

    /** Why a pod has not started, such as {@code ImagePullBackOff} or {@code Unschedulable}. */
    Optional<String> waiting() {
        return Stream.concat(
                        containers()
                                .map(ContainerStatus::getState)
                                .filter(state -> state != null && state.getWaiting() != null)
                                .map(state -> state.getWaiting().getReason()),
                        pods.stream().flatMap(PodTrouble::conditions).map(PodCondition::getReason))
                .filter(Objects::nonNull)
                .findFirst();
    }

    private static Stream<PodCondition> conditions(Pod pod) {
        return pod.getStatus() == null || pod.getStatus().getConditions() == null
                ? Stream.of()
                : pod.getStatus().getConditions().stream()
                        .filter(condition -> condition.getType().equals("PodScheduled")
                                && condition.getStatus().equals("False"));
    }

    /** How the container that failed last ended, such as {@code exit code 137 (OOMKilled)}. */
    Optional<String> lastFailure() {
        return containers()
                .flatMap(container -> Stream.of(container.getState(), container.getLastState()))
                .filter(Objects::nonNull)
                .map(ContainerState::getTerminated)
                .filter(terminated -> terminated != null && terminated.getExitCode() != 0)
                .max(Comparator.comparing(terminated -> Objects.toString(terminated.getFinishedAt(), "")))
                .map(PodTrouble::text);
    }

    private static String text(ContainerStateTerminated terminated) {
        String reason = terminated.getReason();
        return "exit code " + terminated.getExitCode() + (reason == null ? "" : " (" + reason + ")");
    }

    private Stream<ContainerStatus> containers() {
        return pods.stream()
                .filter(pod -> pod.getStatus() != null && pod.getStatus().getContainerStatuses() != null)
                .flatMap(pod -> pod.getStatus().getContainerStatuses().stream());
    }
}
