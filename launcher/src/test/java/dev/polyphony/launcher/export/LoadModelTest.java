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
import dev.polyphony.models.networks.ResNet;
import dev.polyphony.models.store.ModelFile;
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

    private void assertSameLogits(ResNet network) throws Exception {
        Path model = directory.resolve("model.safetensors");
        Path images = directory.resolve("images.npy");
        float[] expected;
        try (NDManager manager = NDManager.newBaseManager();
                NDScope scope = new NDScope();
                Weights weights = Initialisation.weights(network, manager, 3)) {
            scope.suppressNotUsedWarning();
            NDArray pixels = manager.randomUniform(0, 1, new Shape(IMAGES, 3, 12, 12), DataType.FLOAT32);
            // Statistics that are not those of an untrained network.
            network.logits(pixels, weights, true);
            expected = network.logits(pixels, weights, false).toFloatArray();
            ModelFile.write(model, network, weights, Map.of());
            try (OutputStream out = Files.newOutputStream(images)) {
                Npy.write(NpyArray.ofFloats(pixels.toFloatArray(), IMAGES, 3, 12, 12), out);
            }
        }
        Path logits = directory.resolve("logits.npy");
        Path log = directory.resolve("log");
        Process process = new ProcessBuilder(
                        PYTHON, SCRIPT.toString(), model.toString(), images.toString(), logits.toString())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        assertThat(process.waitFor()).as(() -> text(log)).isZero();

        NpyArray actual = Npy.read(logits);
        assertThat(actual.shape()).containsExactly(network.members(), IMAGES, INPUT.classes());
        float[] values = actual.toFloats();
        assertThat(Arrays.equals(values, new float[values.length])).isFalse();
        for (int i = 0; i < expected.length; i++) {
            assertThat(values[i]).as("logit %s", i).isCloseTo(expected[i], within(1e-4f));
        }
    }

    private static String text(Path log) {
        try {
            return Files.readString(log, UTF_8);
        } catch (java.io.IOException e) {
            return e.toString();
        }
    }
}
