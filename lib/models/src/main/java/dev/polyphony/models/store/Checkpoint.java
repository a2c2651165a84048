package dev.polyphony.models.store;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.polyphony.experiment.Sha256;
import dev.polyphony.models.Network;
import dev.polyphony.models.TrainingState;
import dev.polyphony.models.Weights;
import dev.polyphony.models.format.InvalidModelFileException;
import dev.polyphony.models.format.SafeTensors;
import dev.polyphony.models.format.Seal;
import dev.polyphony.models.format.Tensor;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * All that a run goes on from, in one file, so that weights and positions never disagree. {@link #close()} frees the
 * state.
 *
 * @param state weights and momentum
 * @param nextStep the first step not yet applied, from 0
 * @param offsets where to read on, by partition, such as {@code minibatches-0}
 * @param consumed a hash over all that the training has read, empty if it reads no stream
 * @param provenance JSON about how it came to be
 */
public record Checkpoint(
        TrainingState state, long nextStep, SortedMap<String, Long> offsets, String consumed, String provenance)
        implements AutoCloseable {

    public Checkpoint {
        offsets = Collections.unmodifiableSortedMap(new TreeMap<>(offsets));
        if (nextStep < 0) {
            throw new IllegalArgumentException("the next step is at least 0, got " + nextStep);
        }
    }

    /** Of a training that reads no stream. */
    public static Checkpoint of(TrainingState state, long nextStep, String provenance) {
        return new Checkpoint(state, nextStep, new TreeMap<>(), "", provenance);
    }

    /** SHA-256 over parameters and statistics alone, to compare runs bit for bit. */
    public String weightsSha256() {
        return state.weights().sha256();
    }

    /** The bytes of the file; {@link ModelFile#read} reads its network and weights. */
    public byte[] encode(Network network) {
        Map<String, String> metadata = new CheckpointFacts(nextStep, offsets, consumed, provenance).metadata();
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
        String expected = ModelFile.architecture(network);
        String actual = file.metadata().get(ModelFile.ARCHITECTURE);
        if (!expected.equals(actual)) {
            throw new InvalidModelFileException(source, "it is of the network " + actual + ", expected " + expected);
        }
        CheckpointFacts facts = CheckpointFacts.of(file.metadata(), source);
        Weights weights = ModelFile.weights(file, network, manager, source);
        NDArray momentum = NamedTensors.flat(file, ModelFile.MOMENTUM, network.parameters(), manager, source);
        return new Checkpoint(
                new TrainingState(weights, momentum),
                facts.nextStep(),
                facts.offsets(),
                facts.consumed(),
                facts.provenance());
    }

    @Override
    public void close() {
        state.close();
    }
}
