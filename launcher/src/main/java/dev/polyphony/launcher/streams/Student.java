package dev.polyphony.launcher.streams;

import dev.polyphony.launcher.FileTree;
import dev.polyphony.launcher.WorkDirectory;
import dev.polyphony.launcher.place.Claim;
import dev.polyphony.launcher.report.JsonDocument;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * A run of the model store, as its own files tell of it.
 *
 * @param runId its identity
 * @param recipe name of its recipe; empty if it had none
 * @param streamId what it learns from
 * @param ensembleId whose stream that is
 * @param state how far it is
 */
public record Student(String runId, String recipe, String streamId, String ensembleId, State state) {

    /** How far a run is. */
    public enum State {
        FINISHED("finished"),
        RUNNING("running"),
        UNFINISHED("not finished");

        private final String words;

        State(String words) {
            this.words = words;
        }

        /** For people. */
        public String words() {
            return words;
        }
    }

    /** All runs of a work directory that say what they are, by identity. */
    public static List<Student> all(WorkDirectory work) {
        List<Student> students = new ArrayList<>();
        for (Path run : new FileTree(work.store().resolve("runs")).children()) {
            find(work, run.getFileName().toString()).ifPresent(students::add);
        }
        return students;
    }

    /** A run, if it says what it is. */
    public static Optional<Student> find(WorkDirectory work, String runId) {
        Path directory = work.store().resolve("runs").resolve(runId);
        return provenance(directory).map(provenance -> {
            JsonNode identities = provenance.path("identities");
            return new Student(
                    runId,
                    provenance.path("recipe").path("name").asString(""),
                    identities.path("streamId").asString(""),
                    identities.path("ensembleId").asString(""),
                    state(work, directory));
        });
    }

    /** What the trainer wrote when it began; runs of earlier versions have it with their scores alone. */
    private static Optional<JsonNode> provenance(Path run) {
        Path begun = run.resolve("run.json");
        if (Files.isRegularFile(begun)) {
            return Optional.of(read(begun));
        }
        return new FileTree(run.resolve("evaluations"))
                .children().stream()
                        .filter(file -> file.toString().endsWith(".json"))
                        .findFirst()
                        .map(file -> read(file).path("provenance"));
    }

    private static State state(WorkDirectory work, Path run) {
        if (Files.exists(run.resolve("summary.json"))) {
            return State.FINISHED;
        }
        return Claim.RUN.isFree(work, run.getFileName().toString()) ? State.UNFINISHED : State.RUNNING;
    }

    private static JsonNode read(Path file) {
        try {
            return JsonDocument.parse(file, Files.readString(file), JsonNode.class);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file, e);
        }
    }
}
