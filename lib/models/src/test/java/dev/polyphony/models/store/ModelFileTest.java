package dev.polyphony.models.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDManager;
import dev.polyphony.experiment.ImageInput;
import dev.polyphony.experiment.Sha256;
import dev.polyphony.models.Initialisation;
import dev.polyphony.models.TrainingState;
import dev.polyphony.models.Weights;
import dev.polyphony.models.format.InvalidModelFileException;
import dev.polyphony.models.format.SafeTensors;
import dev.polyphony.models.format.Seal;
import dev.polyphony.models.format.Tensor;
import dev.polyphony.models.networks.Architecture;
import dev.polyphony.models.networks.Architecture.Family;
import dev.polyphony.models.networks.Architecture.Kind;
import dev.polyphony.models.networks.Described;
import dev.polyphony.models.networks.Networks;
import dev.polyphony.models.networks.ResNet;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ModelFileTest {

    private static final ImageInput INPUT = new ImageInput(1, 8, 8, 3, List.of(0.1f), List.of(0.3f));
    private static final ResNet NETWORK = ResNet.batchEnsemble(8, 2, 2, 2, INPUT);

    private static final ImageInput SMALL_INPUT = new ImageInput(1, 4, 4, 2, List.of(0.1f), List.of(0.3f));
    private static final String GOLDEN_1 = "/golden/v1/checkpoint-resnet-8.safetensors";
    private static final String GOLDEN_2 = "/golden/v2/checkpoint-resnet-8.safetensors";
    private static final String GOLDEN_WEIGHTS = "eb549f9729d463919ea0ef76d692bbcdbd4f74a341c73ad9641559585f5fe21f";

    private final NDManager manager = NDManager.newBaseManager();

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path directory;

    @AfterEach
    void free() {
        manager.close();
    }

    @Test
    void file_rebuildsNetworkAndWeights() {
        Path path = directory.resolve("a/model.safetensors");
        Weights weights = Initialisation.weights(NETWORK, manager, 1);
        ModelFile.write(path, NETWORK, weights, Map.of("provenance", "{}"));
        ModelFile.Content content = ModelFile.read(manager, path);
        assertThat(content.network()).isInstanceOfSatisfying(ResNet.class, network -> assertThat(network.architecture())
                .isEqualTo(NETWORK.architecture()));
        assertThat(content.weights().sha256()).isEqualTo(weights.sha256());
        assertThat(content.metadata()).containsEntry("provenance", "{}").containsKey("architecture");
    }

    @Test
    void plainNetwork_goesThroughAFileAsWell() {
        ResNet plain = ResNet.plain(14, 3, 1, INPUT);
        Weights weights = Initialisation.weights(plain, manager, 1);
        ModelFile.Content content = ModelFile.read(manager, ModelFile.encode(plain, weights, Map.of()), "model");
        assertThat(content.network().parameters()).isEqualTo(plain.parameters());
        assertThat(content.weights().sha256()).isEqualTo(weights.sha256());
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void everyKindOfEveryFamily_goesThroughAFile(Kind kind) {
        for (Architecture architecture : List.of(
                new Architecture(kind, Family.RESNET, 8, 1, 2, 1, kind == Kind.PLAIN ? 1 : 2, INPUT),
                new Architecture(kind, Family.WIDE_RESNET, 10, 2, 2, 1, kind == Kind.PLAIN ? 1 : 2, INPUT))) {
            Described network = Networks.of(architecture);
            Weights weights = Initialisation.weights(network, manager, 1);
            ModelFile.Content content = ModelFile.read(manager, ModelFile.encode(network, weights, Map.of()), "model");
            assertThat(content.network())
                    .isInstanceOfSatisfying(Described.class, read -> assertThat(read.architecture())
                            .isEqualTo(architecture));
            assertThat(content.network().getClass()).isEqualTo(network.getClass());
            assertThat(content.weights().sha256()).isEqualTo(weights.sha256());
        }
    }

    /** Written by the version that knew no other family and no seal: such files stay readable. */
    @Test
    void fileOfTheFirstVersion_isRead() throws IOException {
        byte[] bytes = golden(GOLDEN_1);
        ResNet network = ResNet.batchEnsemble(8, 1, 2, 2, SMALL_INPUT);
        ModelFile.Content content = ModelFile.read(manager, bytes, GOLDEN_1);
        assertThat(content.network()).isInstanceOfSatisfying(ResNet.class, read -> assertThat(read.architecture())
                .isEqualTo(network.architecture()));
        Checkpoint checkpoint = Checkpoint.read(manager, network, bytes, GOLDEN_1, null);
        assertThat(checkpoint.weightsSha256()).isEqualTo(GOLDEN_WEIGHTS);
        assertThat(Initialisation.weights(network, manager, 1).sha256()).isEqualTo(checkpoint.weightsSha256());
    }

    @Test
    void goldenFile_isWhatIsWritten() throws IOException {
        byte[] bytes = golden(GOLDEN_2);
        ResNet network = ResNet.batchEnsemble(8, 1, 2, 2, SMALL_INPUT);
        Checkpoint checkpoint = Checkpoint.read(manager, network, bytes, GOLDEN_2, null);
        assertThat(checkpoint.weightsSha256()).isEqualTo(GOLDEN_WEIGHTS);
        assertThat(checkpoint.encode(network)).isEqualTo(bytes);
    }

    private static byte[] golden(String name) throws IOException {
        try (InputStream golden = ModelFileTest.class.getResourceAsStream(name)) {
            return Objects.requireNonNull(golden, name).readAllBytes();
        }
    }

    @Test
    void missingFile_isNamed() {
        assertThatThrownBy(() -> ModelFile.read(manager, directory.resolve("none")))
                .isInstanceOf(InvalidModelFileException.class)
                .hasMessageContaining("none");
    }

    @Test
    void fileWithoutATensor_orWithOneTooMany_isRefused() {
        SafeTensors file = SafeTensors.decode(
                ModelFile.encode(NETWORK, Initialisation.weights(NETWORK, manager, 1), Map.of()), "model");
        List<Tensor> fewer = file.tensors().subList(1, file.tensors().size());
        assertRefused(SafeTensors.of(file.metadata(), fewer), "no tensor stem.weight");
        List<Tensor> more = new ArrayList<>(file.tensors());
        more.add(Tensor.floats("extra", List.of(1L), new float[1], 0));
        assertRefused(SafeTensors.of(file.metadata(), more), "its network has");
        assertRefused(SafeTensors.of(Map.of(), file.tensors()), "polyphony-model-2 and polyphony-model-1");
        for (String architecture : List.of("", "{}", "null", "[]", "{\"family\":\"RESNET\"}")) {
            assertRefused(
                    SafeTensors.of(Map.of("format", "polyphony-model-1", "architecture", architecture), file.tensors()),
                    "architecture cannot be built");
        }
    }

    @Test
    void fileThatDescribesAHugeNetwork_isRefused_beforeMemoryIsAskedFor() {
        SafeTensors file = SafeTensors.decode(
                ModelFile.encode(NETWORK, Initialisation.weights(NETWORK, manager, 1), Map.of()), "model");
        assertRefused(altered(file, "\"width\":2", "\"width\":200000"), "the network needs F32");
        assertRefused(altered(file, "\"depth\":8", "\"depth\":600000002"), "at most 9999");
    }

    private static SafeTensors altered(SafeTensors file, String from, String to) {
        Map<String, String> metadata = new TreeMap<>(file.metadata());
        metadata.computeIfPresent("architecture", (key, text) -> text.replace(from, to));
        return SafeTensors.of(metadata, file.tensors());
    }

    @Test
    void weightsSha256_changesWithAnyBit() {
        Weights weights = Initialisation.weights(NETWORK, manager, 1);
        String before = weights.sha256();
        float[] statistics = weights.statistics().toFloatArray();
        statistics[0] = Float.MIN_VALUE;
        Weights changed = new Weights(weights.parameters(), manager.create(statistics));
        assertThat(changed.sha256()).isNotEqualTo(before);
    }

    @Test
    void checkpoint_goesThroughAFile() {
        byte[] bytes = checkpoint().encode(NETWORK);
        Checkpoint read = Checkpoint.read(manager, NETWORK, bytes, "checkpoint", Sha256.of(bytes));
        assertThat(read.nextStep()).isEqualTo(17);
        assertThat(read.offsets()).containsExactly(Map.entry("logits-0", 18L), Map.entry("minibatches-0", 17L));
        assertThat(read.provenance()).isEqualTo("{\"seed\":1}");
        assertThat(read.weightsSha256()).isEqualTo(checkpoint().weightsSha256());
        assertThat(read.state().momentum().toFloatArray())
                .containsExactly(checkpoint().state().momentum().toFloatArray());
        assertThat(read.encode(NETWORK)).isEqualTo(bytes);
    }

    @Test
    void checkpoint_isAModelFile() {
        ModelFile.Content content = ModelFile.read(manager, checkpoint().encode(NETWORK), "checkpoint");
        assertThat(content.weights().sha256()).isEqualTo(checkpoint().weightsSha256());
    }

    @Test
    void checkpoint_thatWasAltered_isRefused() {
        byte[] bytes = checkpoint().encode(NETWORK);
        String sha256 = Sha256.of(bytes);
        bytes[bytes.length - 1] ^= 1;
        assertThatThrownBy(() -> Checkpoint.read(manager, NETWORK, bytes, "checkpoint", sha256))
                .isInstanceOf(InvalidModelFileException.class)
                .hasMessageContaining(sha256);
    }

    @Test
    void checkpoint_ofAnotherNetwork_orAPlainModelFile_isRefused() {
        byte[] bytes = checkpoint().encode(NETWORK);
        assertThatThrownBy(() ->
                        Checkpoint.read(manager, ResNet.batchEnsemble(8, 2, 1, 2, INPUT), bytes, "checkpoint", null))
                .isInstanceOf(InvalidModelFileException.class)
                .hasMessageContaining("it is of the network");
        byte[] model = ModelFile.encode(NETWORK, Initialisation.weights(NETWORK, manager, 1), Map.of());
        assertThatThrownBy(() -> Checkpoint.read(manager, NETWORK, model, "checkpoint", null))
                .isInstanceOf(InvalidModelFileException.class)
                .hasMessageContaining("not a checkpoint");
    }

    private void assertRefused(SafeTensors file, String message) {
        assertThatThrownBy(() -> ModelFile.read(manager, Seal.encode(file), "model"))
                .isInstanceOf(InvalidModelFileException.class)
                .hasMessageStartingWith("model: ")
                .hasMessageContaining(message);
    }

    private Checkpoint checkpoint() {
        Weights weights = Initialisation.weights(NETWORK, manager, 1);
        TrainingState state = new TrainingState(weights, weights.parameters().mul(0.5f));
        return new Checkpoint(
                state, 17, new TreeMap<>(Map.of("minibatches-0", 17L, "logits-0", 18L)), "c0ffee", "{\"seed\":1}");
    }
}
