package dev.polyphony.launcher.verify;

import dev.polyphony.experiment.Provenance;
import dev.polyphony.launcher.LauncherMistake;
import dev.polyphony.models.format.InvalidModelFileException;
import dev.polyphony.models.store.CheckpointFacts;
import dev.polyphony.models.store.ModelStore;
import dev.polyphony.models.store.StoredFile;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What the model store holds of a run.
 *
 * @param runId its identity
 * @param checkpoints undamaged, the oldest first, at least one
 * @param evaluations of its checkpoints
 * @param summary how it ended, empty if it has not
 */
record RunEvidence(
        String runId, List<StoredCheckpoint> checkpoints, List<JsonNode> evaluations, Optional<JsonNode> summary) {

    private static final Pattern CHECKPOINT = Pattern.compile(".*/checkpoints/step-\\d+\\.safetensors");
    private static final Pattern EVALUATION = Pattern.compile(".*/evaluations/step-\\d+\\.json");
    private static final JsonMapper JSON = JsonMapper.builder().build();

    /**
     * A checkpoint and what it says.
     *
     * @param file where it lies
     * @param facts beside its weights
     * @param provenance how it came to be
     */
    record StoredCheckpoint(StoredFile file, CheckpointFacts facts, Provenance provenance) {}

    RunEvidence {
        checkpoints = List.copyOf(checkpoints);
        evaluations = List.copyOf(evaluations);
    }

    /**
     * Reads all that the store holds.
     *
     * @throws LauncherMistake if there is nothing
     * @throws BrokenLedgerException if a checkpoint is damaged
     */
    static RunEvidence read(ModelStore store, String runId) {
        String prefix = "runs/" + runId + "/";
        List<String> addresses = store.addresses(prefix);
        List<StoredCheckpoint> checkpoints = addresses.stream()
                .filter(address -> CHECKPOINT.matcher(address).matches())
                .map(address -> checkpoint(store, address))
                .toList();
        if (checkpoints.isEmpty()) {
            throw new LauncherMistake("there is no checkpoint of a run " + runId + " in the work directory;"
                    + " 'polyphony status' lists its runs, --work DIR names another directory");
        }
        List<JsonNode> evaluations = addresses.stream()
                .filter(address -> EVALUATION.matcher(address).matches())
                .flatMap(address -> store.read(address).stream())
                .map(JSON::readTree)
                .toList();
        Optional<JsonNode> summary = store.read(prefix + "summary.json").map(JSON::readTree);
        return new RunEvidence(runId, checkpoints, evaluations, summary);
    }

    private static StoredCheckpoint checkpoint(ModelStore store, String address) {
        StoredFile file = store.find(address).orElseThrow();
        try {
            CheckpointFacts facts = CheckpointFacts.read(store.get(address, file.sha256()), address);
            return new StoredCheckpoint(file, facts, Provenance.fromJson(facts.provenance()));
        } catch (InvalidModelFileException damaged) {
            throw new BrokenLedgerException(String.valueOf(damaged.getMessage()));
        }
    }

    /** The checkpoint after the most steps. */
    StoredCheckpoint last() {
        return checkpoints.get(checkpoints.size() - 1);
    }

    Provenance provenance() {
        return last().provenance();
    }
}
