package dev.polyphony.launcher.cluster.watch;

import static dev.polyphony.launcher.cluster.Pods.RUNNING;
import static dev.polyphony.launcher.cluster.Pods.deployment;
import static dev.polyphony.launcher.cluster.Pods.ended;
import static dev.polyphony.launcher.cluster.Pods.job;
import static dev.polyphony.launcher.cluster.Pods.labels;
import static dev.polyphony.launcher.cluster.Pods.pod;
import static dev.polyphony.launcher.cluster.Pods.waiting;
import static org.assertj.core.api.Assertions.assertThat;

import dev.polyphony.launcher.cluster.FakeCluster;
import io.fabric8.kubernetes.api.model.ContainerState;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClusterStatusTest {

    private static final Map<String, String> ENSEMBLE = labels("teacher-service", "ensemble=e1");
    private static final Map<String, String> PERTURB = labels("perturb-service", "ensemble=e1", "stream=s1");
    private static final Map<String, String> TEACHER = labels("teacher-service", "ensemble=e1", "stream=s1");
    private static final Map<String, String> TRAINER = labels("student-trainer", "ensemble=e1", "stream=s1", "run=r1");
    private static final Map<String, String> EVALUATOR = labels("evaluator", "ensemble=e1", "stream=s1", "run=r1");
    private static final ContainerState NONE = new ContainerState();

    @TempDir
    private Path directory = Path.of("");

    private FakeCluster cluster;

    @BeforeEach
    void start() throws Exception {
        cluster = new FakeCluster(directory);
    }

    @AfterEach
    void stop() {
        cluster.close();
    }

    private List<String> status() {
        assertThat(cluster.run("status")).as(cluster.err()).isZero();
        return cluster.out().lines().skip(1).toList();
    }

    @Test
    void emptyNamespace_saysSo() {
        assertThat(status()).containsExactly("nothing was submitted here");
    }

    @Test
    void submittedJustNow_waits() {
        cluster.add(job("ensemble-e1", ENSEMBLE, 4, 0, 0));
        cluster.add(pod("ensemble-e1-0", ENSEMBLE, waiting("ImagePullBackOff"), NONE, 0));
        cluster.add(deployment("perturb-service-s1", PERTURB, 0));
        cluster.add(deployment("teacher-service-s1", TEACHER, 0));
        cluster.add(pod("teacher-service-s1-a", TEACHER, RUNNING, NONE, 0));
        cluster.add(job("student-trainer-r1", TRAINER, 1, 0, 0));
        assertThat(status())
                .containsExactly(
                        "ensemble  e1, waiting (ImagePullBackOff), 0 of 4 members trained",
                        "stream    s1, waiting (not ready yet), perturb-service 0/1 ready, teacher-service 0/1 ready",
                        "run       r1 (mine), waiting");
    }

    @Test
    void atWork_saysHowFar() {
        cluster.add(job("ensemble-e1", ENSEMBLE, 4, 2, 1));
        cluster.add(pod("ensemble-e1-2", ENSEMBLE, RUNNING, ended(137, "OOMKilled", "2026-01-01T00:00:00Z"), 1));
        cluster.add(deployment("perturb-service-s1", PERTURB, 1));
        cluster.add(deployment("teacher-service-s1", TEACHER, 1));
        cluster.add(job("student-trainer-r1", TRAINER, 1, 0, 0));
        cluster.add(pod("student-trainer-r1-a", TRAINER, RUNNING, NONE, 0));
        cluster.add(deployment("evaluator-r1", EVALUATOR, 1));
        assertThat(status())
                .containsExactly(
                        "ensemble  e1, training 2 of 4 members trained, 2 restarts, last exit code 137 (OOMKilled)",
                        "stream    s1, streaming, perturb-service 1/1 ready, teacher-service 1/1 ready",
                        "run       r1 (mine), learning, evaluator 1/1 ready");
    }

    @Test
    void over_saysHowItEnded() {
        cluster.add(job("ensemble-e1", ENSEMBLE, 4, 4, 0, "Complete", "CompletionsReached"));
        cluster.add(job("student-trainer-r1", TRAINER, 1, 1, 0, "Complete", "CompletionsReached"));
        Map<String, String> other = labels("student-trainer", "ensemble=e1", "stream=s1", "run=r2");
        cluster.add(job("student-trainer-r2", other, 1, 0, 1, "Failed", "PodFailurePolicy"));
        cluster.add(pod("student-trainer-r2-a", other, ended(1, "Error", "2026-01-01T00:00:00Z"), NONE, 0));
        cluster.add(pod("student-trainer-r2-b", other, ended(2, "Error", "2026-01-02T00:00:00Z"), NONE, 0));
        assertThat(status())
                .containsExactly(
                        "ensemble  e1, trained, 4 members",
                        "run       r1 (mine), finished",
                        "run       r2 (mine), failed (PodFailurePolicy), 1 restart, last exit code 2 (Error)");
    }

    @Test
    void contextWithoutNamespace_isAMistake() {
        assertThat(dev.polyphony.launcher.Polyphony.commandLine()
                        .setErr(new java.io.PrintWriter(java.io.Writer.nullWriter()))
                        .execute("status", "--context", "kind"))
                .isEqualTo(2);
    }
}
