package dev.polyphony.launcher.export;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import dev.polyphony.datasets.npy.Npy;
import dev.polyphony.datasets.npy.NpyArray;
import dev.polyphony.experiment.ImageInput;
import dev.polyphony.models.Initialisation;
import dev.polyphony.models.Weights;
import dev.polyphony.models.networks.Architecture;
import dev.polyphony.models.networks.Architecture.Family;
import dev.polyphony.models.networks.Architecture.Kind;
import dev.polyphony.models.networks.Described;
import dev.polyphony.models.networks.Mimo;
import dev.polyphony.models.networks.ResNet;
import dev.polyphony.models.networks.WideResNet;
import dev.polyphony.models.store.ModelFile;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The Python script in docs gives the logits that the program gives. */
class LoadModelTest {

    private static final String PYTHON = "/usr/bin/python3";
    private static final Path SCRIPT =
            Path.of("../docs/load_model.py").toAbsolutePath().normalize();
    private static final ImageInput INPUT =
            new ImageInput(3, 12, 12, 5, List.of(0.5f, 0.4f, 0.3f), List.of(0.2f, 0.3f, 0.4f));
    private static final int IMAGES = 7;

    @TempDir
    private Path directory;

    @BeforeAll
    static void assumeTorch() throws Exception {
        assumeTrue(Files.isExecutable(Path.of(PYTHON)), "there is no " + PYTHON);
        assumeTrue(
                new ProcessBuilder(PYTHON, "-c", "import numpy, torch").start().waitFor() == 0,
                PYTHON + " has no torch (Debian: apt-get install python3-torch)");
    }

    @Test
    void batchEnsemble_hasTheSameLogits() throws Exception {
        assertSameLogits(ResNet.batchEnsemble(14, 4, 2, 3, INPUT));
    }

    @Test
    void plainNetwork_hasTheSameLogits() throws Exception {
        assertSameLogits(ResNet.plain(8, 4, 1, INPUT));
    }

    @Test
    void widePlainNetwork_hasTheSameLogits() throws Exception {
        assertSameLogits(WideResNet.plain(16, 2, 4, 1, INPUT));
    }

    @Test
    void wideNetworkOfWideningOne_hasNoProjectionInItsFirstStage() throws Exception {
        assertSameLogits(WideResNet.plain(10, 1, 4, 2, INPUT));
    }

    @Test
    void wideBatchEnsemble_hasTheSameLogits() throws Exception {
        assertSameLogits(WideResNet.batchEnsemble(10, 2, 4, 1, 3, INPUT));
    }

    @Test
    void wideMimo_hasTheSameLogits() throws Exception {
        assertSameLogits(new Mimo(new Architecture(Kind.MIMO, Family.WIDE_RESNET, 10, 2, 4, 1, 3, INPUT)));
    }

    @Test
    void mimo_hasTheSameLogits() throws Exception {
        assertSameLogits(new Mimo(new Architecture(Kind.MIMO, Family.RESNET, 8, 1, 4, 1, 2, INPUT)));
    }

    @Test
    void fileThatIsNoModel_isOneSentence() throws Exception {
        Path model = Files.write(directory.resolve("model.safetensors"), new byte[] {2, 0, 0, 0, 0, 0, 0, 0, '{', '}'});
        assertRefused(
                model,
                images(new float[3 * 12 * 12], 1, 3, 12, 12),
                model + " is not a whole model that polyphony exported");
    }

    @Test
    void imagesOfAnotherShape_areOneSentence() throws Exception {
        Path model = directory.resolve("model.safetensors");
        try (NDManager manager = NDManager.newBaseManager();
                Weights weights = Initialisation.weights(ResNet.plain(8, 4, 1, INPUT), manager, 3)) {
            ModelFile.write(model, ResNet.plain(8, 4, 1, INPUT), weights, Map.of());
        }
        Path images = images(new float[3 * 8 * 8], 1, 3, 8, 8);
        assertRefused(model, images, images + " has torch.float32 [1, 3, 8, 8], expected torch.float32 [N, 3, 12, 12]");
    }

    private void assertSameLogits(Described network) throws Exception {
        Path model = directory.resolve("model.safetensors");
        Path images;
        float[] expected;
        try (NDManager manager = NDManager.newBaseManager();
                NDScope scope = new NDScope();
                Weights weights = Initialisation.weights(network, manager, 3)) {
            scope.suppressNotUsedWarning();
            NDArray pixels = manager.randomUniform(0, 1, new Shape(IMAGES, 3, 12, 12), DataType.FLOAT32);
            // Biases, scales and statistics that are not those of an untrained network.
            NDArray parameters = weights.parameters();
            parameters.addi(manager.randomUniform(-0.1f, 0.1f, parameters.getShape(), DataType.FLOAT32));
            network.logits(pixels, weights, true);
            expected = network.logits(pixels, weights, false).toFloatArray();
            ModelFile.write(model, network, weights, Map.of());
            images = images(pixels.toFloatArray(), IMAGES, 3, 12, 12);
        }
        Path logits = directory.resolve("logits.npy");
        assertThat(load(model, images, logits)).as(this::log).isZero();

        NpyArray actual = Npy.read(logits);
        assertThat(actual.shape()).containsExactly(network.members(), IMAGES, INPUT.classes());
        float[] values = actual.toFloats();
        assertThat(Arrays.equals(values, new float[values.length])).isFalse();
        for (int i = 0; i < expected.length; i++) {
            assertThat(values[i]).as("logit %s", i).isCloseTo(expected[i], within(1e-4f));
        }
    }

    private void assertRefused(Path model, Path images, String sentence) throws Exception {
        assertThat(load(model, images, directory.resolve("logits.npy"))).isEqualTo(1);
        assertThat(log()).isEqualToIgnoringNewLines("load_model.py: " + sentence);
    }

    private Path images(float[] pixels, long... shape) throws IOException {
        Path images = directory.resolve("images.npy");
        try (OutputStream out = Files.newOutputStream(images)) {
            Npy.write(NpyArray.ofFloats(pixels, shape), out);
        }
        return images;
    }

    /** The script's exit code. */
    private int load(Path model, Path images, Path logits) throws Exception {
        return new ProcessBuilder(PYTHON, SCRIPT.toString(), model.toString(), images.toString(), logits.toString())
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("log").toFile())
                .start()
                .waitFor();
    }

    private String log() {
        try {
            return Files.readString(directory.resolve("log"), UTF_8);
        } catch (IOException e) {
            return e.toString();
        }
    }
}
