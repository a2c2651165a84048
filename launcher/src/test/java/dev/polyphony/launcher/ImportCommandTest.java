package dev.polyphony.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import dev.polyphony.datasets.Experiment;
import dev.polyphony.datasets.Images;
import dev.polyphony.distillation.Perturbation;
import dev.polyphony.distillation.Perturbations;
import dev.polyphony.distillation.Perturbed;
import dev.polyphony.distillation.PerturbedImages;
import dev.polyphony.experiment.UnknownEnsembleException;
import dev.polyphony.models.Ensemble;
import dev.polyphony.models.Pixels;
import dev.polyphony.models.store.DirectoryModelStore;
import dev.polyphony.models.store.EnsembleFiles;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

/** With the small modules that lib/models' tests have made, on the bundled data set. */
class ImportCommandTest {

    private static final Path MODULES = Path.of("../lib/models/src/test/resources/torchscript");
    private static final int BATCH = 16;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir
    private Path directory = Path.of("");

    private WorkDirectory work = new WorkDirectory(Path.of(""));

    @BeforeEach
    void chooseWork() {
        work = new WorkDirectory(directory.resolve("work"));
    }

    @Test
    void theTracedCopyOfOurNetworks_teachesAsTheyDo() {
        assertThat(importing("traced", "native-0.pt", "native-1.pt")).isZero();
        assertThat(importing("ours", "native-0.safetensors", "native-1.safetensors"))
                .isZero();

        List<float[]> traced = distillationData("traced");
        List<float[]> ours = distillationData("ours");

        assertThat(traced).hasSize(12);
        for (int i = 0; i < traced.size(); i++) {
            float[] expected = ours.get(i);
            float largest = 0;
            for (float number : expected) {
                largest = Math.max(largest, Math.abs(number));
            }
            assertThat(largest).isPositive();
            assertThat(traced.get(i)).as("array %s", i).containsExactly(expected, within(largest * 2e-4f));
        }
    }

    /** What a stream with this ensemble records: perturbations and the logits on the perturbed images. */
    private List<float[]> distillationData(String name) {
        Experiment experiment = Experiment.open(recipe(name, 2), work.data(), work.imported());
        EnsembleFiles files = new EnsembleFiles(
                new DirectoryModelStore(work.store()), experiment.identities().ensembleId());
        List<float[]> arrays = new ArrayList<>();
        try (NDManager manager = NDManager.newBaseManager();
                Ensemble ensemble = files.load(manager, experiment.recipe().ensemble(), experiment.input());
                Ensemble guides = files.guides(manager, experiment.recipe(), experiment.input());
                NDScope scope = new NDScope()) {
            scope.suppressNotUsedWarning();
            Perturbation perturbation = Perturbations.of(experiment.recipe().stream(), guides);
            Images train = experiment.dataset().train();
            int bytes = BATCH * train.shape().pixels();
            for (long step = 0; step < 6; step++) {
                ByteBuffer pixels = ByteBuffer.allocateDirect(bytes);
                pixels.put(train.pixels(), (int) step * bytes, bytes).flip();
                NDArray images = Pixels.toImages(manager, pixels, experiment.input());
                Perturbed perturbed = perturbation.perturb(images, new int[BATCH], step);
                NDArray added = perturbed.perturbation().orElseThrow();
                arrays.add(added.toFloatArray());
                arrays.add(ensemble.logits(PerturbedImages.of(images, added)).toFloatArray());
            }
        }
        return arrays;
    }

    @Test
    void anEnsemble_isScoredAndKept() throws IOException {
        assertThat(importing("mixed", "traced.pt", "native-1.safetensors", "scripted-training.pt"))
                .isZero();

        assertThat(out.toString())
                .contains("member 0: ", "validation, ", "test, ", "ensemble, calibrated", "mean-KLD")
                .contains("In a recipe for fashion-mnist-small: ensemble: {imported: mixed, size: 3}");
        assertThat(stored())
                .containsExactlyInAnyOrder(
                        "imported/mixed/ensemble.json",
                        "imported/mixed/member-0.pt",
                        "imported/mixed/member-1.safetensors",
                        "imported/mixed/member-2.pt");
        Experiment experiment = Experiment.open(recipe("mixed", 3), work.data(), work.imported());
        assertThat(experiment.recipe().trainedMembers()).isZero();

        assertThat(importing("mixed", "traced.pt", "native-1.safetensors", "scripted-training.pt"))
                .isZero();
        assertThat(out.toString()).contains("ensemble mixed was there already");
        assertThat(importing("mixed", "native-1.safetensors", "traced.pt", "scripted-training.pt"))
                .isEqualTo(2);
        assertThat(err.toString()).contains("the name mixed stands for other members");
        assertThat(execute("status", "--work", work.root().toString())).isZero();
        assertThat(out.toString()).contains("imported  mixed, for fashion-mnist-small, members: 3");
    }

    @Test
    void aRecipe_thatNamesNothingImported_isAMistake() {
        String recipe = recipe("nowhere", 2);
        assertThatThrownBy(() -> Experiment.open(recipe, work.data(), work.imported()))
                .isInstanceOf(UnknownEnsembleException.class)
                .hasMessageStartingWith("no ensemble has been imported as nowhere");
        assertThat(execute("run", recipe, "--work", work.root().toString())).isEqualTo(2);
        assertThat(err.toString().lines()).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '!', textBlock = """
                    state-dict.pt ! pickled by torch.save
                    nan.pt ! its logits are not finite
                    eleven-classes.pt ! its logits for (8, 1, 28, 28) images are (8, 11)
                    traced-training.pt ! Call eval() before
                    no-gradient.pt ! no gradient of its logits reaches the images
                    make_modules.py ! not a safetensors file
                    nowhere.pt ! there is no such file
                    """)
    void aBadMember_isOneMessage_andNothingIsKept(String member, String message) {
        assertThat(importing("mine", "traced.pt", member)).isEqualTo(2);
        assertThat(err.toString()).contains(member + ": ").contains(message);
        assertThat(err.toString().lines()).hasSize(1);
        assertThat(stored()).isEmpty();
    }

    @Test
    void whatIsAskedFor_isChecked() {
        assertThat(importing("My Ensemble", "traced.pt")).isEqualTo(2);
        assertThat(err.toString()).contains("--as takes a name of lower-case letters, digits and hyphens");
        assertThat(execute("import", module("traced.pt"), "--as", "a", "--dataset", "mnist", "--work", root()))
                .isEqualTo(2);
        assertThat(err.toString()).contains("there is no data set 'mnist'");
        assertThat(execute(
                        "import",
                        module("traced.pt"),
                        "--as",
                        "a",
                        "--dataset",
                        "fashion-mnist-small",
                        "--input",
                        "raw",
                        "--work",
                        root()))
                .isEqualTo(2);
        assertThat(err.toString()).contains("expected pixels or normalised, not raw");
        assertThat(stored()).isEmpty();
    }

    private int importing(String name, String... members) {
        List<String> arguments = new ArrayList<>(List.of("import"));
        Stream.of(members).map(ImportCommandTest::module).forEach(arguments::add);
        arguments.addAll(List.of("--as", name, "--dataset", "fashion-mnist-small", "--work", root()));
        return execute(arguments.toArray(String[]::new));
    }

    private String root() {
        return work.root().toString();
    }

    private static String module(String name) {
        return MODULES.resolve(name).toString();
    }

    private int execute(String... arguments) {
        CommandLine line = Polyphony.commandLine();
        line.setOut(new PrintWriter(out, true));
        line.setErr(new PrintWriter(err, true));
        return line.execute(arguments);
    }

    private List<String> stored() {
        if (!Files.exists(work.store())) {
            return List.of();
        }
        try (Stream<Path> files = Files.walk(work.store())) {
            return files.filter(Files::isRegularFile)
                    .map(file -> work.store().relativize(file).toString())
                    .filter(file -> !file.endsWith(".sha256"))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String recipe(String name, int size) {
        try {
            return Files.writeString(directory.resolve(name + ".yaml"), """
                            dataset: {name: fashion-mnist-small, trainSamples: 256}
                            ensemble: {imported: NAME, size: SIZE}
                            stream: {perturbation: ods, temperature: 4, precision: float32, batchSize: 16, epochs: 2, seed: 2}
                            student: {architecture: batch-ensemble, network: resnet-8, width: 4, stemStride: 2, subnetworks: SIZE, distillationWeight: 0.9, temperature: 4, learningRate: 0.1, weightDecay: 0, warmupEpochs: 1, seed: 3}
                            """.replace("NAME", name)
                            .replace("SIZE", "" + size))
                    .toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
