package dev.polyphony.experiment;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import tools.jackson.core.JacksonException;

/**
 * What determines a stream: the parts of a recipe up to the stream, as identities hash them. Kept beside a recorded
 * stream, it says what the stream is when nobody has the recipe any more.
 *
 * @param checksums SHA-256 of each of the data set's files by file name
 * @param dataset keys of the part {@code dataset}
 * @param ensemble keys of the part {@code ensemble}; of an imported one the fingerprints of its members instead
 * @param stream keys of the part {@code stream}, pacing left out
 */
public record StreamParts(
        SortedMap<String, String> checksums,
        SortedMap<String, Object> dataset,
        SortedMap<String, Object> ensemble,
        SortedMap<String, Object> stream) {

    private static final String FORMAT = "polyphony-stream-1";

    public StreamParts {
        checksums = Collections.unmodifiableSortedMap(new TreeMap<>(checksums));
        dataset = Collections.unmodifiableSortedMap(new TreeMap<>(dataset));
        ensemble = Collections.unmodifiableSortedMap(new TreeMap<>(ensemble));
        stream = Collections.unmodifiableSortedMap(new TreeMap<>(stream));
    }

    /**
     * The parts of a recipe.
     *
     * @param checksums SHA-256 of each of the data set's files by file name
     * @param imported says what the members of an imported ensemble are
     * @throws UnknownEnsembleException if the recipe's ensemble has not been imported
     */
    public static StreamParts of(Recipe recipe, SortedMap<String, String> checksums, ImportedEnsembles imported) {
        SortedMap<String, Object> stream = hashed("stream", recipe.stream());
        stream.remove("record");
        return new StreamParts(checksums, hashed("dataset", recipe.dataset()), ensemble(recipe, imported), stream);
    }

    private static SortedMap<String, Object> ensemble(Recipe recipe, ImportedEnsembles imported) {
        if (recipe.ensemble() instanceof EnsemblePart.Imported part) {
            return new TreeMap<>(Map.of("imported", imported.fingerprints(part, recipe.dataset())));
        }
        return hashed("ensemble", recipe.ensemble());
    }

    /** A part without the keys that came later and have their fallback. */
    static SortedMap<String, Object> hashed(String part, Object value) {
        SortedMap<String, Object> tree = new TreeMap<>(CanonicalJson.tree(value));
        RecipeKey.of(part).stream()
                .filter(RecipeKey::young)
                .filter(key -> key.fallbackValue().equals(tree.get(key.name())))
                .forEach(key -> tree.remove(key.name()));
        return tree;
    }

    /** Identity of the data set. */
    public String datasetId() {
        return Identities.hash(Map.of("checksums", checksums, "dataset", dataset));
    }

    /** Identity of the ensemble. */
    public String ensembleId() {
        return Identities.hash(Map.of("datasetId", datasetId(), "ensemble", ensemble));
    }

    /** Identity of the stream. */
    public String streamId() {
        return Identities.hash(Map.of("ensembleId", ensembleId(), "stream", stream));
    }

    /** One line of JSON, with the identities for people. */
    public String toJson() {
        Map<String, Object> tree = new TreeMap<>(CanonicalJson.tree(this));
        tree.put("format", FORMAT);
        tree.put("datasetId", datasetId());
        tree.put("ensembleId", ensembleId());
        tree.put("streamId", streamId());
        return CanonicalJson.write(tree);
    }

    /**
     * The parts that {@link #toJson} wrote.
     *
     * @param source names the text in messages
     * @throws DamagedException if it is not such a text, or its parts do not come to its identity
     */
    public static StreamParts fromJson(String json, String source) {
        StreamParts parts;
        String streamId;
        try {
            Map<String, Object> tree = CanonicalJson.parse(json);
            if (!FORMAT.equals(tree.get("format"))) {
                throw new DamagedException(
                        source + " has the format " + tree.get("format") + ", this program reads " + FORMAT);
            }
            streamId = String.valueOf(tree.get("streamId"));
            tree.keySet().retainAll(List.of("checksums", "dataset", "ensemble", "stream"));
            parts = CanonicalJson.bind(tree, StreamParts.class);
        } catch (JacksonException | NullPointerException | IllegalArgumentException damaged) {
            throw new DamagedException(source + " does not say what a stream is: " + damaged.getMessage());
        }
        if (!parts.streamId().equals(streamId)) {
            throw new DamagedException(
                    source + " was altered: its parts come to the stream " + parts.streamId() + ", not " + streamId);
        }
        return parts;
    }

    /**
     * The keys in which another stream differs, such as {@code stream.stepSize: 1.0 here, 2.0 there}.
     *
     * @param here what this is called
     * @param there what the other is called
     */
    public List<String> differences(StreamParts other, String here, String there) {
        List<String> differences = new ArrayList<>();
        if (!checksums.equals(other.checksums)) {
            differences.add("the files of the data set, by their SHA-256");
        }
        compare("dataset", dataset, other.dataset, here, there, differences);
        compare("ensemble", ensemble, other.ensemble, here, there, differences);
        compare("stream", stream, other.stream, here, there, differences);
        return differences;
    }

    private static void compare(
            String part,
            Map<String, Object> one,
            Map<String, Object> other,
            String here,
            String there,
            List<String> differences) {
        TreeSet<String> names = new TreeSet<>(one.keySet());
        names.addAll(other.keySet());
        for (String name : names) {
            String mine = value(part, name, one);
            String its = value(part, name, other);
            if (!Objects.equals(mine, its)) {
                differences.add(part + "." + name + ": " + mine + " " + here + ", " + its + " " + there);
            }
        }
    }

    /** As canonical JSON without quotes; a key that was left out has its fallback. */
    private static String value(String part, String name, Map<String, Object> keys) {
        Object value = keys.get(name);
        if (value == null) {
            value = RecipeKey.of(part).stream()
                    .filter(key -> key.name().equals(name) && key.fallback().isPresent())
                    .map(RecipeKey::fallbackValue)
                    .findFirst()
                    .orElse("none");
        }
        return CanonicalJson.write(value).replace("\"", "");
    }

    /** A text that should say what a stream is does not, or does not agree with itself. */
    public static final class DamagedException extends RuntimeException implements UserMistake {

        private static final long serialVersionUID = 1L;

        private DamagedException(String message) {
            super(message);
        }
    }
}
