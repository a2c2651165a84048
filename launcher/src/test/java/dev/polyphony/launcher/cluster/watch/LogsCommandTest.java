package dev.polyphony.launcher.cluster.watch;

import static dev.polyphony.launcher.cluster.Pods.RUNNING;
import static dev.polyphony.launcher.cluster.Pods.labels;
import static dev.polyphony.launcher.cluster.Pods.pod;
import static org.assertj.core.api.Assertions.assertThat;

import dev.polyphony.launcher.cluster.FakeCluster;
import io.fabric8.kubernetes.api.model.ContainerState;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogsCommandTest {

    @TempDir
    private Path directory = Path.of("");

    private FakeCluster cluster;

    @BeforeEach
    void start() throws Exception {
        cluster = new FakeCluster(directory);
        add("perturb-a", "perturb-service", "ensemble=1e0", "stream=5a");
        add("teacher-a", "teacher-service", "ensemble=1e0", "stream=5a");
        add("trainer-a", "student-trainer", "ensemble=1e0", "stream=5a", "run=7c1");
        add("trainer-b", "student-trainer", "ensemble=1e0", "stream=5a", "run=7c2");
    }

    @AfterEach
    void stop() {
        cluster.close();
    }

    private void add(String name, String service, String... owners) {
        cluster.add(pod(name, labels(service, owners), RUNNING, new ContainerState(), 0));
        for (String follow : new String[] {"", "&follow=true"}) {
            cluster.server()
                    .expect()
                    .get()
                    .withPath("/api/v1/namespaces/demo/pods/" + name + "/log?pretty=false&container=service" + follow)
                    .andReturn(200, name + (follow.isEmpty() ? " says\nthis\n" : " goes on\n"))
                    .always();
        }
    }

    @Test
    void logs_ofOnePodAreAsTheyAre() {
        assertThat(cluster.run("logs", "7c1")).as(cluster.err()).isZero();
        assertThat(cluster.out()).isEqualTo("trainer-a says\nthis\n");
    }

    @Test
    void logs_ofSeveralPodsNameThem() {
        assertThat(cluster.run("logs", "5")).as(cluster.err()).isZero();
        assertThat(cluster.out())
                .isEqualTo("perturb-a  perturb-a says\nperturb-a  this\nteacher-a  teacher-a says\nteacher-a  this\n");
    }

    @Test
    void logs_ofOneService() {
        assertThat(cluster.run("logs", "5a", "--service", "teacher-service")).isZero();
        assertThat(cluster.out()).isEqualTo("teacher-a says\nthis\n");
        assertThat(cluster.run("logs", "5a", "--service", "evaluator")).isEqualTo(2);
        assertThat(cluster.err()).contains("no pod of stream 5a and evaluator is there");
    }

    @Test
    void follow_goesOnUntilThePodsEnd() {
        assertThat(cluster.run("logs", "5a", "--follow")).as(cluster.err()).isZero();
        assertThat(cluster.out().lines())
                .containsExactlyInAnyOrder("perturb-a  perturb-a goes on", "teacher-a  teacher-a goes on");
    }

    @Test
    void podThatHasNotStarted_isToldNotAMistake() {
        cluster.refuse("/pods/perturb-a/log", 400);
        assertThat(cluster.run("logs", "5a")).isZero();
        assertThat(cluster.out()).contains("(pod perturb-a has not started yet)", "teacher-a  this");
    }

    @Test
    void identityThatIsNoneOrSeveral_isAMistake() {
        assertThat(cluster.run("logs", "7c")).isEqualTo(2);
        assertThat(cluster.err()).contains("7c could be run 7c1 or run 7c2: give more digits");
        assertThat(cluster.run("logs", "9")).isEqualTo(2);
        assertThat(cluster.err())
                .contains("namespace demo has no ensemble, stream or run 9; 'polyphony status --namespace demo'");
    }
}
