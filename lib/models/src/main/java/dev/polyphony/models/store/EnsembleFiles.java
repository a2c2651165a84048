package dev.polyphony.models.store;

import ai.djl.ndarray.NDManager;
import dev.polyphony.experiment.EnsemblePart;
import dev.polyphony.experiment.ImageInput;
import dev.polyphony.experiment.Recipe;
import dev.polyphony.models.Ensemble;
import dev.polyphony.models.Network;
import dev.polyphony.models.Weights;
import dev.polyphony.models.networks.Networks;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The members of an ensemble in a model store.
 *
 * @param store where they lie
 * @param ensembleId whose members they are
 */
public record EnsembleFiles(ModelStore store, String ensembleId) {

    /** Where a trained member lies. */
    public String member(int index) {
        return "ensembles/" + ensembleId + "/member-" + index + ".safetensors";
    }

    /** Where a member's training keeps its checkpoints. */
    public String training(int index) {
        return "ensembles/" + ensembleId + "/training/member-" + index;
    }

    /** Where the best state of a member's training lies until it is done. */
    public String candidate(int index) {
        return training(index) + "/best.safetensors";
    }

    /** Where the ensemble's scores lie. */
    public String evaluation() {
        return "ensembles/" + ensembleId + "/evaluation.json";
    }

    /** Whether a member has been trained. */
    public boolean hasMember(int index) {
        return store.has(member(index));
    }

    /** Whether all members can be loaded: a stream outlives the ensemble that taught it. */
    public boolean isThere(EnsemblePart part) {
        if (part instanceof EnsemblePart.Imported imported) {
            return new ImportedEnsembleFiles(store).isThere(imported.imported());
        }
        return IntStream.range(0, part.size()).allMatch(this::hasMember);
    }

    /**
     * All members, trained here or imported, owned by the caller.
     *
     * @throws ModelStoreException if one has not been trained
     * @throws dev.polyphony.experiment.UnknownEnsembleException if the ensemble has not been imported
     */
    public Ensemble load(NDManager manager, EnsemblePart part, ImageInput input) {
        if (part instanceof EnsemblePart.Imported imported) {
            return new ImportedEnsembleFiles(store).load(manager, imported, input);
        }
        Network network = Networks.member((EnsemblePart.Trained) part, input);
        List<Weights> members = new ArrayList<>();
        for (int index = 0; index < part.size(); index++) {
            members.add(member(manager, index));
        }
        return Ensemble.of(network, members);
    }

    /**
     * The networks whose outputs the stream's perturbation differentiates, owned by the caller: the ensemble, or the
     * external guide alone, which is the member after the last.
     *
     * @throws ModelStoreException if one has not been trained
     */
    public Ensemble guides(NDManager manager, Recipe recipe, ImageInput input) {
        return switch (recipe.stream().guide()) {
            case MEMBERS -> load(manager, recipe.ensemble(), input);
            case EXTERNAL ->
                Ensemble.of(
                        Networks.member(recipe.training(), input),
                        List.of(member(manager, recipe.ensemble().size())));
        };
    }

    /** Whether all that {@link #guides} loads is there. */
    public boolean guidesAreThere(Recipe recipe) {
        return switch (recipe.stream().guide()) {
            case MEMBERS -> isThere(recipe.ensemble());
            case EXTERNAL -> hasMember(recipe.ensemble().size());
        };
    }

    private Weights member(NDManager manager, int index) {
        StoredFile file = store.find(member(index))
                .orElseThrow(() -> new ModelStoreException("ensemble " + ensembleId + " has no member " + index
                        + " yet: it is trained by teacher-service with role train"));
        return ModelFile.read(manager, store.get(file.address(), file.sha256()), file.address())
                .weights();
    }
}
