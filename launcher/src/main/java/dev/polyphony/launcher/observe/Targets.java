package dev.polyphony.launcher.observe;

import dev.polyphony.launcher.FileTree;
import dev.polyphony.launcher.process.ProcessIds;
import dev.polyphony.models.format.AtomicFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/** Tells Prometheus where the services listen: a service that is started again listens at another port. */
final class Targets {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final List<String> SERVICES =
            List.of("perturb-service", "teacher-service", "student-trainer", "evaluator");

    private final Path processes;
    private final Path file;
    private String written = "";

    /**
     * Targets out of port files.
     *
     * @param processes directory in which launchers write their children's ids, and each service its port
     * @param file where Prometheus reads them
     */
    Targets(Path processes, Path file) {
        this.processes = processes;
        this.file = file;
    }

    /** Writes them, if they are others than before. */
    void write() {
        String now = JSON.writeValueAsString(read());
        if (!now.equals(written)) {
            AtomicFile.write(file, now.getBytes(StandardCharsets.UTF_8));
            written = now;
        }
    }

    private List<Map<String, Object>> read() {
        List<Map<String, Object>> targets = new ArrayList<>();
        for (String process : running()) {
            Path port = processes.resolve(process + ".port");
            try {
                targets.add(Map.of(
                        "targets", List.of("127.0.0.1:" + Files.readString(port).strip()),
                        "labels", Map.of("namespace", "local", "job", job(process), "instance", process)));
            } catch (NoSuchFileException notYet) {
                // A broker has none, a service that is just starting will have one at the next look.
            } catch (IOException e) {
                throw new UncheckedIOException("cannot read " + port, e);
            }
        }
        return targets;
    }

    /** Children of all launchers in this work directory; a port file outlives its process. */
    private List<String> running() {
        return new FileTree(processes)
                .children().stream()
                        .filter(file -> file.getFileName().toString().matches("pids.*\\.json"))
                        .flatMap(file -> ProcessIds.read(file).keySet().stream())
                        .sorted()
                        .toList();
    }

    /** As in a cluster: the service, whatever this launcher calls the process. */
    private static String job(String process) {
        return SERVICES.stream()
                .filter(service -> process.equals(service) || process.startsWith(service + "-"))
                .findFirst()
                .orElse("teacher-service");
    }
}
