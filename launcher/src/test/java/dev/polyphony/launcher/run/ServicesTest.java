package dev.polyphony.launcher.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.polyphony.launcher.LauncherMistake;
import dev.polyphony.launcher.WorkDirectory;
import dev.polyphony.launcher.broker.Cluster;
import dev.polyphony.launcher.process.JavaCommand;
import dev.polyphony.launcher.process.ThreadPlan;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServicesTest {

    @Test
    void services_getTheirOwnThreadsAndOneBroker(@TempDir Path home) throws Exception {
        build(home, "student-trainer");
        build(home, "teacher-service");
        Services services = new Services(new Installation(home), request(home), "");

        JavaCommand trainer = services.trainer(new Cluster("127.0.0.1:9", Path.of("/etc/client.properties")), true);
        assertThat(trainer.environment())
                .containsEntry("OMP_NUM_THREADS", "6")
                .containsEntry("MALLOC_ARENA_MAX", "1")
                .containsEntry("OPT_OUT_TRACKING", "true");
        assertThat(trainer.line())
                .contains("-Dai.djl.pytorch.num_threads=6", "dev.polyphony.student.StudentApplication")
                .contains("--polyphony.recipe=tiny", "--spring.kafka.bootstrap-servers=127.0.0.1:9")
                .contains("--polyphony.kafka-config=/etc/client.properties");
        JavaCommand training = services.training(1);
        assertThat(training.environment()).containsEntry("OMP_NUM_THREADS", "1");
        assertThat(training.line())
                .contains("--polyphony.teacher.role=train", "--polyphony.teacher.member=1")
                .noneMatch(argument -> argument.contains("bootstrap-servers"));
    }

    @Test
    void attachedServices_haveNamesOfTheirOwn(@TempDir Path home) throws Exception {
        build(home, "evaluator");
        JavaCommand evaluator = new Services(new Installation(home), request(home), "-0123456789ab")
                .evaluator(new Cluster("127.0.0.1:9", null), true);
        assertThat(evaluator.name()).isEqualTo("evaluator-0123456789ab");
        assertThat(evaluator.line())
                .contains("--polyphony.ensemble-optional=true")
                .anyMatch(argument -> argument.endsWith("/run/evaluator-0123456789ab.port"));
    }

    @Test
    void missingBuild_isAMistakeThatSaysWhatToDo(@TempDir Path home) {
        Services services = new Services(new Installation(home), request(home), "");

        assertThatThrownBy(() -> services.perturb(new Cluster("127.0.0.1:9", null)))
                .isInstanceOf(LauncherMistake.class)
                .hasMessageContaining("perturb-service has not been built")
                .hasMessageContaining("./mvnw");
    }

    private static RunRequest request(Path home) {
        return new RunRequest("tiny", new WorkDirectory(home.resolve("work")), home, null, new ThreadPlan(6), false);
    }

    private static void build(Path home, String module) throws Exception {
        Path target = Files.createDirectories(home.resolve(module).resolve("target"));
        Files.writeString(target.resolve("classpath"), "a.jar:b.jar");
        Files.createFile(target.resolve("polyphony-" + module + "-0.1.0-SNAPSHOT.jar"));
    }
}
