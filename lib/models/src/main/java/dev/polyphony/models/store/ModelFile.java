package dev.polyphony.models.store;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.polyphony.models.Network;
import dev.polyphony.models.Weights;
import dev.polyphony.models.format.AtomicFile;
import dev.polyphony.models.format.InvalidModelFileException;
import dev.polyphony.models.format.SafeTensors;
import dev.polyphony.models.format.Seal;
import dev.polyphony.models.format.Tensor;
import dev.polyphony.models.networks.Described;
import dev.polyphony.models.networks.Networks;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * A safetensors file that alone rebuilds a network and its weights: parameters and statistics by name, and the
 * architecture as JSON in its metadata. A {@link Checkpoint} is such a file too.
 */
public final class ModelFile {

    static final String ARCHITECTURE = "architecture";
    static final String FORMAT = "format";
    static final String VERSION = "polyphony-model-2";
    /** Before files had a seal. */
    private static final String UNSEALED = "polyphony-model-1";

    static final String MOMENTUM = "momentum.";
    static final JsonMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
            .build();

    private ModelFile() {}

    /**
     * What a file holds. {@link #close()} frees the weights.
     *
     * @param network rebuilt
     * @param weights owned by whoever holds this
     * @param metadata as it was written, the architecture included
     */
    public record Content(Network network, Weights weights, SortedMap<String, String> metadata)
            implements AutoCloseable {
        @Override
        public void close() {
            weights.close();
        }
    }

    /** Writes a file that appears whole or not at all; see {@link #encode}. */
    public static void write(Path file, Network network, Weights weights, Map<String, String> metadata) {
        AtomicFile.write(file, encode(network, weights, metadata));
    }

    /**
     * The bytes of a file.
     *
     * @param metadata the caller's own texts, such as provenance
     * @throws IllegalArgumentException if the network is not one that a file can describe
     */
    public static byte[] encode(Network network, Weights weights, Map<String, String> metadata) {
        return Seal.encode(SafeTensors.of(described(network, metadata), tensors(network, weights)));
    }

    /**
     * Reads a file.
     *
     * @param manager owns the weights; call outside any scope
     * @throws InvalidModelFileException if it is not a whole model file
     */
    public static Content read(NDManager manager, Path file) {
        try {
            return read(manager, Files.readAllBytes(file), file.toString());
        } catch (IOException e) {
            throw new InvalidModelFileException(file.toString(), "cannot be read (" + e + ")");
        }
    }

    /** Reads a file's bytes; {@code source} names it in messages. See {@link #read(NDManager, Path)}. */
    public static Content read(NDManager manager, byte[] bytes, String source) {
        SafeTensors file = whole(bytes, source);
        Network network = network(file, source);
        refuseStrangers(file, network, source);
        return new Content(network, weights(file, network, manager, source), file.metadata());
    }

    static List<Tensor> tensors(Network network, Weights weights) {
        List<Tensor> tensors = new ArrayList<>(NamedTensors.of("", network.parameters(), weights.parameters()));
        tensors.addAll(NamedTensors.of("", network.statistics(), weights.statistics()));
        return tensors;
    }

    static SortedMap<String, String> described(Network network, Map<String, String> metadata) {
        SortedMap<String, String> all = new TreeMap<>(metadata);
        all.put(FORMAT, VERSION);
        all.put(ARCHITECTURE, architecture(network));
        return all;
    }

    static String architecture(Network network) {
        if (!(network instanceof Described described)) {
            throw new IllegalArgumentException(
                    "a model file can describe a residual network, not a " + network.getClass());
        }
        return ArchitectureJson.write(described.architecture());
    }

    /** A file of this program's own format, undamaged as far as its version can tell. */
    static SafeTensors whole(byte[] bytes, String source) {
        SafeTensors file = SafeTensors.decode(bytes, source);
        String format = file.metadata().get(FORMAT);
        if (VERSION.equals(format)) {
            Seal.check(bytes, source);
        } else if (!UNSEALED.equals(format)) {
            throw new InvalidModelFileException(
                    source, "its format is " + format + ", this program reads " + VERSION + " and " + UNSEALED);
        }
        return file;
    }

    private static Network network(SafeTensors file, String source) {
        try {
            String architecture = file.metadata().getOrDefault(ARCHITECTURE, "");
            return Networks.of(ArchitectureJson.read(architecture));
        } catch (JacksonException | IllegalArgumentException e) {
            throw new InvalidModelFileException(source, "its architecture cannot be built: " + e.getMessage());
        }
    }

    static Weights weights(SafeTensors file, Network network, NDManager manager, String source) {
        NDArray parameters = NamedTensors.flat(file, "", network.parameters(), manager, source);
        return new Weights(parameters, NamedTensors.flat(file, "", network.statistics(), manager, source));
    }

    private static void refuseStrangers(SafeTensors file, Network network, String source) {
        int known = network.parameters().entries().size()
                + network.statistics().entries().size();
        List<String> others = file.tensors().stream()
                .map(Tensor::name)
                .filter(name -> !name.startsWith(MOMENTUM))
                .toList();
        if (others.size() > known) {
            throw new InvalidModelFileException(
                    source, "it has " + others.size() + " tensors, its network has " + known);
        }
    }
}
