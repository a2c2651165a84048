package dev.polyphony.evaluator;

import ai.djl.ndarray.NDManager;
import dev.polyphony.experiment.StudentPart.Selection;
import dev.polyphony.models.Network;
import dev.polyphony.models.store.Checkpoint;
import dev.polyphony.models.store.ModelFile;
import dev.polyphony.models.store.ModelStore;
import dev.polyphony.models.store.StoredFile;
import dev.polyphony.wire.CheckpointAnnouncement;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * Chooses the student among a run's checkpoints: the best accuracy on the validation split, of its subnetworks on average
 * as in the reference code or of their mean prediction; of equals the earliest. Which splits the recipe wants scored
 * makes no difference.
 */
final class StudentChoice {

    private final ModelStore store;
    private final RunFiles files;
    private final Network network;
    private final NDManager manager;
    private final Selection selection;

    StudentChoice(ModelStore store, RunFiles files, Network network, NDManager manager, Selection selection) {
        this.store = store;
        this.files = files;
        this.network = network;
        this.manager = manager;
        this.selection = selection;
    }

    /** Saves the student and says how the run ended; the caller keeps that, for with it the run is finished. */
    RunSummary choose(CheckpointAnnouncement last) {
        JsonNode best = best(files.evaluations(), selection)
                .orElseThrow(() -> new IllegalStateException("run " + last.runId() + " has no evaluation"));
        long step = best.path("nextStep").asLong();
        String digits = "%08d";
        String address = last.address().replace(String.format(digits, last.nextStep()), String.format(digits, step));
        try (Checkpoint selected = read(address);
                Checkpoint end = read(last.address())) {
            files.saveStudent(
                    ModelFile.encode(network, selected.state().weights(), Map.of("provenance", selected.provenance())));
            return new RunSummary(
                    step,
                    best.path("epoch").asInt(),
                    selected.weightsSha256(),
                    last.nextStep(),
                    end.weightsSha256(),
                    end.offsets(),
                    end.consumed());
        }
    }

    private Checkpoint read(String address) {
        StoredFile file = store.find(address)
                .orElseThrow(() -> new IllegalStateException("checkpoint " + address + " is not in the model store"));
        return Checkpoint.read(manager, network, store.get(address, file.sha256()), address, file.sha256());
    }

    /**
     * The best of a run's evaluations, given in the order of their steps.
     *
     * @throws IllegalStateException if one has no validation scores
     */
    static Optional<JsonNode> best(List<JsonNode> evaluations, Selection selection) {
        JsonNode best = null;
        for (JsonNode document : evaluations) {
            if (best == null || accuracy(document, selection) > accuracy(best, selection)) {
                best = document;
            }
        }
        return Optional.ofNullable(best);
    }

    private static double accuracy(JsonNode document, Selection selection) {
        JsonNode split = document.path("splits").path("validation");
        if (split.isMissingNode()) {
            throw new IllegalStateException(
                    "the evaluation after step " + document.path("nextStep").asLong() + " has no validation scores");
        }
        if (selection == Selection.ENSEMBLE) {
            return split.path("standard").path("accuracy").asDouble();
        }
        double sum = 0;
        for (JsonNode member : split.path("perMember")) {
            sum += member.path("accuracy").asDouble();
        }
        return sum;
    }
}
