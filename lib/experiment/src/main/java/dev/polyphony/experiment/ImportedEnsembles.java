package dev.polyphony.experiment;

import java.util.List;

/** The ensembles that were imported, by name. */
@FunctionalInterface
public interface ImportedEnsembles {

    /** Without a model store: every name is unknown. */
    ImportedEnsembles NONE = (part, dataset) -> {
        throw new UnknownEnsembleException("the recipe's ensemble was imported as " + part.imported()
                + ", and here is no model store to find it in");
    };

    /**
     * What determines the members' outputs: a fingerprint of each, in their order.
     *
     * @throws UnknownEnsembleException if no such ensemble has been imported, or it is not what the recipe takes it for
     */
    List<String> fingerprints(EnsemblePart.Imported part, DatasetPart dataset);
}
