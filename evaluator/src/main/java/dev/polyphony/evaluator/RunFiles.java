package dev.polyphony.evaluator;

import dev.polyphony.evaluator.EvaluationDocument.SplitScores;
import dev.polyphony.models.store.ModelStore;
import dev.polyphony.models.store.StoredFile;
import dev.polyphony.wire.CheckpointAnnouncement;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.JsonNode;

/** What the evaluator writes of a run into the model store: a document for each checkpoint, the choice, the summary. */
final class RunFiles {

    private static final TypeReference<SortedMap<String, SplitScores>> SCORES = new TypeReference<>() {};

    private final ModelStore store;
    private final String directory;

    RunFiles(ModelStore store, String runId) {
        this.store = store;
        this.directory = "runs/" + runId + "/";
    }

    /** The scores of a checkpoint of these bytes, if it has been scored before on all these splits. */
    Optional<SortedMap<String, SplitScores>> scores(CheckpointAnnouncement checkpoint, Set<String> splits) {
        return read(evaluation(checkpoint.nextStep()))
                .filter(document ->
                        document.path("checkpointSha256").asString("").equals(checkpoint.sha256())
                                && splits.stream().allMatch(document.path("splits")::has))
                .map(document -> EvaluationDocument.JSON.treeToValue(document.path("splits"), SCORES));
    }

    void save(EvaluationDocument document) {
        store.put(evaluation(document.nextStep()), document.toBytes());
    }

    /** All documents of the run, the earliest first. */
    List<JsonNode> evaluations() {
        return store.list(directory + "evaluations/").stream().map(this::parse).toList();
    }

    /** Address of the finished student. */
    String student() {
        return directory + "student.safetensors";
    }

    void saveStudent(byte[] modelFile) {
        store.put(student(), modelFile);
    }

    void saveSummary(RunSummary summary) {
        store.put(directory + "summary.json", EvaluationDocument.JSON.writeValueAsBytes(summary));
    }

    private String evaluation(long nextStep) {
        return directory + "evaluations/step-" + String.format(Locale.ROOT, "%08d", nextStep) + ".json";
    }

    private Optional<JsonNode> read(String address) {
        return store.find(address).map(this::parse);
    }

    private JsonNode parse(StoredFile file) {
        return EvaluationDocument.JSON.readTree(store.get(file.address(), file.sha256()));
    }
}
