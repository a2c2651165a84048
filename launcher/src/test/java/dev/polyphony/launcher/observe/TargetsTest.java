package dev.polyphony.launcher.observe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.polyphony.launcher.process.ProcessIds;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class TargetsTest {

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path directory;

    @Test
    void runningServices_areTargets_underTheirServicesName() throws IOException {
        ProcessIds own = new ProcessIds(directory.resolve("pids.json"));
        ProcessIds attached = new ProcessIds(directory.resolve("pids-0a1b.json"));
        own.put("kafka", 1);
        own.put("teacher-service", 2);
        own.put("train-member-3", 3);
        own.put("perturb-service", 4);
        attached.put("student-trainer-0a1b", 5);
        port("teacher-service", 8001);
        port("train-member-3", 8002);
        port("student-trainer-0a1b", 8003);
        port("evaluator", 8004);

        JsonNode targets = written();

        assertThat(targets)
                .as("not the broker, not what has no port yet, not what has ended")
                .hasSize(3);
        assertThat(targets.findValuesAsString("job"))
                .containsExactlyInAnyOrder("teacher-service", "teacher-service", "student-trainer");
        assertThat(targets.findValuesAsString("instance"))
                .containsExactlyInAnyOrder("teacher-service", "train-member-3", "student-trainer-0a1b");
        assertThat(targets.toString()).contains("127.0.0.1:8001", "127.0.0.1:8002", "127.0.0.1:8003");
    }

    @Test
    void aServiceStartedAgain_isFoundAtItsNewPort() throws IOException {
        new ProcessIds(directory.resolve("pids.json")).put("evaluator", 1);
        port("evaluator", 8001);
        Targets targets = new Targets(directory, directory.resolve("targets.json"));
        targets.write();
        port("evaluator", 8002);
        targets.write();
        assertThat(Files.readString(directory.resolve("targets.json"))).contains("127.0.0.1:8002");
    }

    private JsonNode written() throws IOException {
        Path file = directory.resolve("targets.json");
        new Targets(directory, file).write();
        return JsonMapper.builder().build().readTree(Files.readString(file));
    }

    private void port(String process, int port) throws IOException {
        Files.writeString(directory.resolve(process + ".port"), Integer.toString(port));
    }
}
