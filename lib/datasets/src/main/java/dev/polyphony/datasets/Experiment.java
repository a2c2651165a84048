package dev.polyphony.datasets;

import dev.polyphony.experiment.Identities;
import dev.polyphony.experiment.ImageInput;
import dev.polyphony.experiment.ImportedEnsembles;
import dev.polyphony.experiment.Recipe;
import dev.polyphony.experiment.RecipeCatalogue;
import dev.polyphony.experiment.StreamPlan;
import java.nio.file.Path;

/**
 * A recipe together with the data it names: what every process of an experiment starts from.
 *
 * @param recipe what is done
 * @param dataset on which images
 * @param identities under which names
 */
public record Experiment(Recipe recipe, Dataset dataset, Identities identities) {

    /**
     * Opens the data set of a recipe whose ensemble is trained here, and derives the identities.
     *
     * @param recipe a shipped recipe's name, or a file
     * @param dataDirectory where downloaded data sets lie
     */
    public static Experiment open(String recipe, Path dataDirectory) {
        return open(recipe, dataDirectory, ImportedEnsembles.NONE);
    }

    /**
     * Opens a recipe's data set and derives the identities.
     *
     * @param recipe a shipped recipe's name, or a file
     * @param dataDirectory where downloaded data sets lie
     * @param imported says what the members of an imported ensemble are
     */
    public static Experiment open(String recipe, Path dataDirectory, ImportedEnsembles imported) {
        return open(recipe, dataDirectory, imported, DownloadProgress.NONE);
    }

    /** The same, telling how far a download is. */
    public static Experiment open(
            String recipe, Path dataDirectory, ImportedEnsembles imported, DownloadProgress progress) {
        Recipe found = RecipeCatalogue.find(recipe);
        Dataset dataset = DatasetCatalog.open(found.dataset(), dataDirectory, progress);
        return new Experiment(found, dataset, Identities.of(found, dataset.checksums(), imported));
    }

    /** The steps of the stream. */
    public StreamPlan streamPlan() {
        return new StreamPlan(
                dataset.train().count(),
                recipe.stream().batchSize(),
                recipe.stream().epochs(),
                recipe.stream().seed());
    }

    /** What the networks are fed. */
    public ImageInput input() {
        return dataset.input();
    }
}
