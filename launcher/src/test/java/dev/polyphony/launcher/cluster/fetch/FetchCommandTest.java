package dev.polyphony.launcher.cluster.fetch;

import static dev.polyphony.launcher.cluster.Pods.RUNNING;
import static dev.polyphony.launcher.cluster.Pods.deployment;
import static dev.polyphony.launcher.cluster.Pods.labels;
import static dev.polyphony.launcher.cluster.Pods.pod;
import static org.assertj.core.api.Assertions.assertThat;

import dev.polyphony.experiment.Sha256;
import dev.polyphony.launcher.FileTree;
import dev.polyphony.launcher.cluster.FakeCluster;
import dev.polyphony.models.format.SafeTensors;
import dev.polyphony.models.format.Seal;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.ContainerState;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.VolumeBuilder;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.server.mock.StatusStreamMessage;
import io.fabric8.mockwebserver.internal.WebSocketMessage;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FetchCommandTest {

    private static final String RUN = "7c1d";
    private static final String ROOT = "/polyphony/store/runs/" + RUN + "/";
    private static final Map<String, String> EVALUATOR = labels("evaluator", "ensemble=1e0", "stream=5a", "run=" + RUN);
    private static final byte STDOUT = 1;

    @TempDir
    private Path directory = Path.of("");

    private FakeCluster cluster;

    @BeforeEach
    void start() throws Exception {
        cluster = new FakeCluster(directory);
        cluster.add(new ConfigMapBuilder()
                .withNewMetadata()
                .withName("settings-1")
                .endMetadata()
                .addToData("application.properties", "# A comment.\npolyphony.store=/polyphony/store\n")
                .build());
        Deployment evaluator = deployment("evaluator-" + RUN, EVALUATOR, 1);
        evaluator
                .getSpec()
                .getTemplate()
                .getSpec()
                .setVolumes(List.of(new VolumeBuilder()
                        .withName("settings")
                        .withNewConfigMap()
                        .withName("settings-1")
                        .endConfigMap()
                        .build()));
        cluster.add(evaluator);
        cluster.add(pod("evaluator-a", EVALUATOR, RUNNING, new ContainerState(), 0));
    }

    @AfterEach
    void stop() {
        cluster.close();
    }

    private Path kept() {
        return directory.resolve("work/store/runs").resolve(RUN);
    }

    private void answer(int exitCode, byte[] output, String... command) {
        StringBuilder query = new StringBuilder();
        for (String word : command) {
            query.append("command=")
                    .append(URLEncoder.encode(word, StandardCharsets.UTF_8))
                    .append('&');
        }
        byte[] message = new byte[output.length + 1];
        message[0] = STDOUT;
        System.arraycopy(output, 0, message, 1, output.length);
        cluster.server()
                .expect()
                .get()
                .withPath("/api/v1/namespaces/demo/pods/evaluator-a/exec?" + query
                        + "container=service&stdout=true&stderr=true")
                .andUpgradeToWebSocket()
                .open(later(30, message), later(60, new StatusStreamMessage(exitCode).getBytes()))
                .done()
                .always();
    }

    /**
     * The server sends each message by a timer of its own, and hangs up when none is left: at once, the end could come
     * before what it ends, or not at all.
     */
    private static WebSocketMessage later(long milliseconds, byte[] message) {
        return new WebSocketMessage(milliseconds, message, true, true);
    }

    private void list(String folder, String names) {
        answer(0, names.getBytes(StandardCharsets.UTF_8), "ls", "-1p", ROOT + folder);
    }

    private void hold(String file, byte[] content, String sha256) {
        answer(0, content, "cat", ROOT + file);
        answer(0, (sha256 + "  " + file + "\n").getBytes(StandardCharsets.UTF_8), "cat", ROOT + file + ".sha256");
    }

    private void hold(String file, byte[] content) {
        hold(file, content, Sha256.of(content));
    }

    private static byte[] model() {
        return Seal.encode(SafeTensors.of(Map.of("architecture", "any"), List.of()));
    }

    private static byte[] text(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private void holdFinishedRun() {
        list("", "checkpoints/\nevaluations/\nstudent.safetensors\nstudent.safetensors.sha256\nsummary.json\n");
        list("checkpoints/", "step-00000100.safetensors\n");
        list("evaluations/", "step-00000100.json\nstep-00000100.json.sha256\n");
        hold("summary.json", text("{\"steps\": 100}"));
        hold("evaluations/step-00000100.json", text("{}"));
        hold("student.safetensors", model());
    }

    @Test
    void fetch_bringsTheRunIntoTheStore() throws Exception {
        holdFinishedRun();
        assertThat(cluster.run("fetch", "7c")).as(cluster.err()).isZero();
        assertThat(cluster.out()).contains("student.safetensors", "run " + RUN + " is in " + kept());
        assertThat(kept().resolve("student.safetensors")).hasBinaryContent(model());
        assertThat(kept().resolve("evaluations/step-00000100.json")).hasContent("{}");
        assertThat(Files.readString(kept().resolve("summary.json.sha256")))
                .startsWith(Sha256.of(text("{\"steps\": 100}")));
        assertThat(kept().resolve("checkpoints")).doesNotExist();
        assertThat(new FileTree(directory.resolve("work/store/runs")).children())
                .containsExactly(kept());
        assertThat(cluster.run("fetch", "7c")).as("it is there already").isEqualTo(2);
    }

    @Test
    void checkpoints_comeWhenAskedFor() {
        holdFinishedRun();
        hold("checkpoints/step-00000100.safetensors", model());
        Path to = directory.resolve("here");
        assertThat(cluster.run("fetch", RUN, "--checkpoints", "--to", to.toString()))
                .as(cluster.err())
                .isZero();
        assertThat(to.resolve("checkpoints/step-00000100.safetensors")).hasBinaryContent(model());
        assertThat(kept()).doesNotExist();
    }

    @Test
    void damagedFile_leavesNothingBehind() {
        list("", "evaluations/\nsummary.json\n");
        list("evaluations/", "step-00000100.json\n");
        hold("summary.json", text("{}"));
        hold("evaluations/step-00000100.json", text("{"), Sha256.of(text("{}")));
        assertThat(cluster.run("fetch", RUN)).isEqualTo(2);
        assertThat(cluster.err())
                .contains("evaluations/step-00000100.json in pod evaluator-a has SHA-256", "it is damaged");
        assertThat(new FileTree(directory.resolve("work")).bytes()).isZero();
    }

    @Test
    void brokenSeal_isNoticedWhateverTheChecksumSays() {
        byte[] broken = model();
        broken[broken.length - 1] ^= 1;
        list("", "student.safetensors\nsummary.json\n");
        hold("summary.json", text("{}"));
        hold("student.safetensors", broken);
        assertThat(cluster.run("fetch", RUN)).isNotZero();
        assertThat(cluster.err()).contains("student.safetensors");
        assertThat(kept()).doesNotExist();
    }

    @Test
    void unfinishedRun_isAMistake() {
        list("", "run.json\nrun.json.sha256\n");
        assertThat(cluster.run("fetch", RUN)).isEqualTo(2);
        assertThat(cluster.err()).contains("run " + RUN + " is not finished");
        assertThat(kept()).doesNotExist();
    }

    @Test
    void streamIsNoRun() {
        assertThat(cluster.run("fetch", "5a")).isEqualTo(2);
        cluster.add(pod("teacher-a", labels("teacher-service", "stream=5a"), RUNNING, new ContainerState(), 0));
        assertThat(cluster.run("fetch", "5a")).isEqualTo(2);
        assertThat(cluster.err()).contains("stream 5a is no run");
    }

    @Test
    void withoutAPod_nothingCanBeRead() {
        cluster.client().pods().inNamespace(FakeCluster.NAMESPACE).delete();
        assertThat(cluster.run("fetch", RUN)).isEqualTo(2);
        assertThat(cluster.err()).contains("no pod of the evaluator of run " + RUN + " is running");
    }

    @Test
    void storeInABucket_isWhatTheContainerIsTold() {
        Deployment evaluator = deployment("evaluator-" + RUN, EVALUATOR, 1);
        evaluator
                .getSpec()
                .getTemplate()
                .getSpec()
                .getContainers()
                .get(0)
                .setEnv(List.of(new EnvVar("POLYPHONY_STORE", "s3://Not A Bucket", null)));
        evaluator.getMetadata().setNamespace(FakeCluster.NAMESPACE);
        cluster.client().resource(evaluator).update();
        assertThat(cluster.run("fetch", RUN)).isEqualTo(2);
        assertThat(cluster.err()).contains("\"s3://Not A Bucket\" is no place for a model store");
    }
}
