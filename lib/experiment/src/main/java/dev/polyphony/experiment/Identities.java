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
        return of(StreamParts.of(recipe, checksums, imported), recipe.student());
    }

    private static Identities of(StreamParts parts, StudentPart student) {
        String streamId = parts.streamId();
        String runId = hash(Map.of("streamId", streamId, "student", StreamParts.hashed("student", student)));
        return new Identities(parts.datasetId(), parts.ensembleId(), streamId, runId);
    }

    static String hash(Map<String, ?> content) {
        return Sha256.of(CanonicalJson.write(content).getBytes(StandardCharsets.UTF_8))
                .substring(0, DIGITS);
    }
}
