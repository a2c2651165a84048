package dev.polyphony.models.store;

import dev.polyphony.models.format.InvalidModelFileException;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import tools.jackson.core.JacksonException;
import tools.jackson.core.type.TypeReference;

/**
 * What a checkpoint says beside its weights.
 *
 * @param nextStep the first step not yet applied, from 0
 * @param offsets where to read on, by partition, such as {@code minibatches-0}
 * @param consumed a hash over all that the training has read, empty if it reads no stream
 * @param provenance JSON about how it came to be
 */
public record CheckpointFacts(long nextStep, SortedMap<String, Long> offsets, String consumed, String provenance) {

    private static final String NEXT_STEP = "next-step";
    private static final String OFFSETS = "offsets";
    private static final String CONSUMED = "consumed";
    private static final String PROVENANCE = "provenance";

    public CheckpointFacts {
        offsets = Collections.unmodifiableSortedMap(new TreeMap<>(offsets));
    }

    /**
     * Reads what a file says.
     *
     * @param source names the file in messages
     * @throws InvalidModelFileException if it is damaged or no checkpoint
     */
    public static CheckpointFacts read(byte[] bytes, String source) {
        return of(ModelFile.whole(bytes, source).metadata(), source);
    }

    static CheckpointFacts of(SortedMap<String, String> metadata, String source) {
        return new CheckpointFacts(
                nextStep(text(metadata, NEXT_STEP, source), source),
                offsets(text(metadata, OFFSETS, source), source),
                metadata.getOrDefault(CONSUMED, ""),
                text(metadata, PROVENANCE, source));
    }

    Map<String, String> metadata() {
        Map<String, String> metadata = new TreeMap<>();
        metadata.put(NEXT_STEP, Long.toString(nextStep));
        metadata.put(OFFSETS, ModelFile.JSON.writeValueAsString(offsets));
        metadata.put(PROVENANCE, provenance);
        if (!consumed.isEmpty()) {
            metadata.put(CONSUMED, consumed);
        }
        return metadata;
    }

    private static String text(SortedMap<String, String> metadata, String key, String source) {
        String text = metadata.get(key);
        if (text == null) {
            throw new InvalidModelFileException(source, "not a checkpoint: it does not say its " + key);
        }
        return text;
    }

    private static long nextStep(String text, String source) {
        if (!text.matches("\\d{1,18}")) {
            throw new InvalidModelFileException(source, NEXT_STEP + " is \"" + text + "\", expected a number from 0");
        }
        return Long.parseLong(text);
    }

    private static SortedMap<String, Long> offsets(String json, String source) {
        try {
            return ModelFile.JSON.readValue(json, new TypeReference<TreeMap<String, Long>>() {});
        } catch (JacksonException e) {
            throw new InvalidModelFileException(source, OFFSETS + " are not whole numbers by name: " + json);
        }
    }
}
