package dev.polyphony.experiment;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.SortedMap;

/**
 * The names under which an experiment's artefacts are found: each the first 12 hexadecimal digits of a SHA-256 over the
 * canonical JSON of what determines it.
 *
 * @param datasetId of the files' checksums and the dataset part
 * @param ensembleId of datasetId and the ensemble part; of an imported ensemble what its members are, not its name
 * @param streamId of ensembleId and the stream part, pacing left out
 * @param runId of streamId and the student part
 */
public record Identities(String datasetId, String ensembleId, String streamId, String runId) {

    private static final int DIGITS = 12;

    /**
     * The identities of an experiment whose ensemble is trained here.
     *
     * @param checksums SHA-256 of each of the data set's files by file name
     * @throws UnknownEnsembleException if the ensemble is imported
     */
    public static Identities of(Recipe recipe, SortedMap<String, String> checksums) {
        return of(recipe, checksums, ImportedEnsembles.NONE);
    }

    /**
     * The identities of an experiment.
     *
     * @param checksums SHA-256 of each of the data set's files by file name
     * @param imported says what the members of an imported ensemble are
     * @throws UnknownEnsembleException if the recipe's ensemble has not been imported
     */
    public static Identities of(Recipe recipe, SortedMap<String, String> checksums, ImportedEnsembles imported) {
        String datasetId = hash(Map.of("checksums", checksums, "dataset", hashed("dataset", recipe.dataset())));
        String ensembleId = hash(Map.of("datasetId", datasetId, "ensemble", ensemble(recipe, imported)));
        String streamId = hash(Map.of("ensembleId", ensembleId, "stream", stream(recipe)));
        String runId = hash(Map.of("streamId", streamId, "student", hashed("student", recipe.student())));
        return new Identities(datasetId, ensembleId, streamId, runId);
    }

    private static Map<String, ?> ensemble(Recipe recipe, ImportedEnsembles imported) {
        if (recipe.ensemble() instanceof EnsemblePart.Imported part) {
            return Map.of("imported", imported.fingerprints(part, recipe.dataset()));
        }
        return hashed("ensemble", recipe.ensemble());
    }

    private static Map<String, Object> stream(Recipe recipe) {
        Map<String, Object> tree = hashed("stream", recipe.stream());
        tree.remove("record");
        return tree;
    }

    /** A part without the keys that came later and have their fallback. */
    private static Map<String, Object> hashed(String part, Object value) {
        Map<String, Object> tree = CanonicalJson.tree(value);
        RecipeKey.of(part).stream()
                .filter(RecipeKey::young)
                .filter(key -> key.fallbackValue().equals(tree.get(key.name())))
                .forEach(key -> tree.remove(key.name()));
        return tree;
    }

    private static String hash(Map<String, ?> content) {
        return Sha256.of(CanonicalJson.write(content).getBytes(StandardCharsets.UTF_8))
                .substring(0, DIGITS);
    }
}
