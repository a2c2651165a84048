package dev.polyphony.models.store;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.polyphony.models.Network;
import dev.polyphony.models.TrainingState;
import dev.polyphony.models.Weights;
import dev.polyphony.models.format.InvalidModelFileException;
import dev.polyphony.models.format.SafeTensors;
import dev.polyphony.models.format.Seal;
import dev.polyphony.models.format.Sha256;
import dev.polyphony.models.format.Tensor;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.type.TypeReference;

/**
 * All that a run goes on from, in one file, so that weights and positions never disagree. {@link #close()} frees the
 * state.
 *
 * @param state weights and momentum
 * @param nextStep the first step not yet applied, from 0
 * @param offsets where to read on, by partition, such as {@code minibatches-0}
 * @param provenance JSON about how it came to be
 */
public record Checkpoint(TrainingState state, long nextStep, SortedMap<String, Long> offsets, String provenance)
        implements AutoCloseable {

    private static final String NEXT_STEP = "next-step";
    private static final String OFFSETS = "offsets";
    private static final String PROVENANCE = "provenance";

    public Checkpoint {
        offsets = Collections.unmodifiableSortedMap(new TreeMap<>(offsets));
        if (nextStep < 0) {
            throw new IllegalArgumentException("the next step is at least 0, got " + nextStep);
        }
    }

    /** With these offsets, sorted by key. */
    public static Checkpoint of(TrainingState state, long nextStep, Map<String, Long> offsets, String provenance) {
        return new Checkpoint(state, nextStep, new TreeMap<>(offsets), provenance);
    }

    /** SHA-256 over parameters and statistics alone, to compare runs bit for bit. */
    public String weightsSha256() {
        return state.weights().sha256();
    }

    /** The bytes of the file; {@link ModelFile#read} reads its network and weights. */
    public byte[] encode(Network network) {
        Map<String, String> metadata = Map.of(
                NEXT_STEP,
                Long.toString(nextStep),
                OFFSETS,
                ModelFile.JSON.writeValueAsString(offsets),
                PROVENANCE,
                provenance);
        List<Tensor> tensors = new ArrayList<>(ModelFile.tensors(network, state.weights()));
        tensors.addAll(NamedTensors.of(ModelFile.MOMENTUM, network.parameters(), state.momentum()));
        return Seal.encode(SafeTensors.of(ModelFile.described(network, metadata), tensors));
    }

    /**
     * Reads a file.
     *
     * @param manager owns the state; call outside any scope
     * @param network the checkpoint must be of
     * @param bytes of the file
     * @param source names the file in messages
     * @param sha256 of the whole file, or null if unknown
     * @throws InvalidModelFileException if it is altered, cut off, or of another network
     */
    public static Checkpoint read(
            NDManager manager, Network network, byte[] bytes, String source, @Nullable String sha256) {
        if (sha256 != null && !sha256.equals(Sha256.of(bytes))) {
            throw new InvalidModelFileException(source, "its SHA-256 is " + Sha256.of(bytes) + ", expected " + sha256);
        }
        SafeTensors file = ModelFile.whole(bytes, source);
        SortedMap<String, String> metadata = file.metadata();
        String expected = ModelFile.architecture(network);
        if (!expected.equals(metadata.get(ModelFile.ARCHITECTURE))) {
            throw new InvalidModelFileException(
                    source, "it is of the network " + metadata.get(ModelFile.ARCHITECTURE) + ", expected " + expected);
        }
        long nextStep = nextStep(text(metadata, NEXT_STEP, source), source);
        SortedMap<String, Long> offsets = offsets(text(metadata, OFFSETS, source), source);
        String provenance = text(metadata, PROVENANCE, source);
        Weights weights = ModelFile.weights(file, network, manager, source);
        NDArray momentum = NamedTensors.flat(file, ModelFile.MOMENTUM, network.parameters(), manager, source);
        return new Checkpoint(new TrainingState(weights, momentum), nextStep, offsets, provenance);
    }

    private static String text(Map<String, String> metadata, String key, String source) {
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

    @Override
    public void close() {
        state.close();
    }
}
