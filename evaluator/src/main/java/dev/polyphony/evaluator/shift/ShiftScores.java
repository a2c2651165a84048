package dev.polyphony.evaluator.shift;

import ai.djl.ndarray.NDManager;
import dev.polyphony.datasets.Experiment;
import dev.polyphony.datasets.ShiftedImages;
import dev.polyphony.experiment.Identities;
import dev.polyphony.experiment.Provenance;
import dev.polyphony.models.Ensemble;
import dev.polyphony.models.Inference;
import dev.polyphony.models.store.EnsembleFiles;
import dev.polyphony.models.store.ModelFile;
import dev.polyphony.models.store.ModelStore;
import dev.polyphony.models.store.StoredFile;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.IntConsumer;

/**
 * Scores a run's ensemble and its finished student on shifted images, as far as that has not been done. Each document
 * appears whole: an interruption costs the model at hand, and a repetition gives the same bytes. Recipes of one model that
 * ask for different images share its document: it keeps what another has asked for.
 */
public final class ShiftScores {

    private final Experiment experiment;
    private final NDManager manager;
    private final ModelStore store;
    private final Provenance provenance;
    private final ShiftedImages images;
    private final boolean ensembleOptional;

    /**
     * Scores of one experiment.
     *
     * @param ensembleOptional whether the student is scored alone when its ensemble is not in the model store
     */
    public ShiftScores(
            Experiment experiment,
            NDManager manager,
            ModelStore store,
            Provenance provenance,
            ShiftedImages images,
            boolean ensembleOptional) {
        this.experiment = experiment;
        this.manager = manager;
        this.store = store;
        this.provenance = provenance;
        this.images = images;
        this.ensembleOptional = ensembleOptional;
    }

    /** Examinations of both models in all; 0 if the recipe asks for none. */
    public int examinations() {
        return 2 * images.sets();
    }

    /**
     * Writes what is missing.
     *
     * @param student the finished student's address in the model store
     * @param examined is told the number of images after each examination, also of those that had been done before; may
     *     throw to stop
     * @param written is told every new document
     */
    public void complete(String student, IntConsumer examined, Consumer<ShiftDocument> written) {
        if (images.sets() == 0) {
            return;
        }
        scoreEnsemble(examined, written);
        scoreStudent(student, examined, written);
    }

    private void scoreEnsemble(IntConsumer examined, Consumer<ShiftDocument> written) {
        Identities ids = experiment.identities();
        String ofEnsemble = "ensembles/" + ids.ensembleId() + "/shift.json";
        if (!covered(ofEnsemble, "", examined)) {
            EnsembleFiles files = new EnsembleFiles(store, ids.ensembleId());
            if (ensembleOptional && !files.isThere(experiment.recipe().ensemble())) {
                skip(examined);
                return;
            }
            try (Ensemble ensemble = files.load(manager, experiment.recipe().ensemble(), experiment.input())) {
                ShiftDocument document = document(
                        ids.ensembleId(),
                        "ensemble",
                        "",
                        pixels -> Inference.logits(manager, ensemble, pixels),
                        examined);
                save(ofEnsemble, document, written);
            }
        }
    }

    private void scoreStudent(String student, IntConsumer examined, Consumer<ShiftDocument> written) {
        Identities ids = experiment.identities();
        String ofStudent = "runs/" + ids.runId() + "/shift.json";
        StoredFile file = store.find(student)
                .orElseThrow(() -> new IllegalStateException("run " + ids.runId() + " has no " + student));
        if (!covered(ofStudent, file.sha256(), examined)) {
            try (ModelFile.Content model = ModelFile.read(manager, store.get(student, file.sha256()), student)) {
                ShiftDocument document = document(
                        ids.runId(),
                        "student",
                        file.sha256(),
                        pixels -> Inference.logits(manager, model.network(), model.weights(), pixels),
                        examined);
                save(ofStudent, document, written);
            }
        }
    }

    private Optional<ShiftDocument.Stored> earlier(String address, String modelSha256) {
        return store.find(address)
                .flatMap(file -> ShiftDocument.Stored.read(store.get(address, file.sha256()), modelSha256));
    }

    private boolean covered(String address, String modelSha256, IntConsumer examined) {
        boolean covered = earlier(address, modelSha256)
                .filter(document -> document.covers(images))
                .isPresent();
        if (covered) {
            skip(examined);
        }
        return covered;
    }

    private void skip(IntConsumer examined) {
        for (int set = 0; set < images.sets(); set++) {
            examined.accept(0);
        }
    }

    private ShiftDocument document(
            String id, String kind, String modelSha256, Function<byte[], double[][][]> model, IntConsumer examined) {
        ShiftedScoring.Result result = new ShiftedScoring(experiment.dataset(), images, examined).score(model);
        return new ShiftDocument(id, kind, modelSha256, provenance, result.corruptions(), result.outOfDistribution());
    }

    private void save(String address, ShiftDocument measured, Consumer<ShiftDocument> written) {
        ShiftDocument document =
                earlier(address, measured.modelSha256()).map(measured::with).orElse(measured);
        store.put(address, document.toBytes());
        written.accept(document);
    }
}
