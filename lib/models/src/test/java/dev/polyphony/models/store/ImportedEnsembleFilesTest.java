package dev.polyphony.models.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.polyphony.experiment.DatasetPart;
import dev.polyphony.experiment.EnsemblePart;
import dev.polyphony.experiment.ImageInput;
import dev.polyphony.experiment.UnknownEnsembleException;
import dev.polyphony.models.Ensemble;
import dev.polyphony.models.Initialisation;
import dev.polyphony.models.InputRange;
import dev.polyphony.models.Member;
import dev.polyphony.models.MemberCheck;
import dev.polyphony.models.Modules;
import dev.polyphony.models.Weights;
import dev.polyphony.models.format.InvalidModelFileException;
import dev.polyphony.models.networks.ResNet;
import dev.polyphony.models.store.ImportedEnsemble.Part;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ImportedEnsembleFilesTest {

    private static final DatasetPart DATASET = new DatasetPart("fashion-mnist-small", DatasetPart.Augmentation.NONE, 0);

    private final NDManager manager = NDManager.newBaseManager();

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path directory;

    @AfterEach
    void free() {
        manager.close();
    }

    private ImportedEnsembleFiles files() {
        return new ImportedEnsembleFiles(new DirectoryModelStore(directory));
    }

    private NDArray images(int count) {
        return manager.arange(count * 784f).mul(0.37f).sin().abs().reshape(count, 1, 28, 28);
    }

    private Member open(String name) {
        return new MemberFile(name, Modules.bytes(name)).open(manager, Modules.INPUT, InputRange.PIXELS);
    }

    private void save(String name, String... members) {
        List<MemberFile> files = Arrays.stream(members)
                .map(member -> new MemberFile(member, Modules.bytes(member)))
                .toList();
        files().save(name, ImportedEnsemble.of("fashion-mnist-small", files, InputRange.PIXELS), files);
    }

    @Test
    void members_ofBothKindsAndSeveralArchitectures_answerTogether() {
        save("mixed", "native-0.pt", "native-1.safetensors", "traced.pt");
        NDArray images = images(4);
        EnsemblePart part = new EnsemblePart.Imported("mixed", 3);
        try (Ensemble ensemble =
                new EnsembleFiles(new DirectoryModelStore(directory), "any").load(manager, part, Modules.INPUT)) {
            float[] all = ensemble.logits(images).toFloatArray();
            int member = 0;
            for (String other : List.of("native-0.safetensors", "native-1.pt", "frozen.pt")) {
                float[] expected = open(other).logits(images).toFloatArray();
                assertThat(Arrays.copyOfRange(all, member * 40, ++member * 40))
                        .as(other)
                        .containsExactly(expected, within(1e-4f));
            }
        }
    }

    @Test
    void normalisedInput_isTheDataSetsNormalisation() {
        Member pixels = open("traced.pt");
        Member normalised = new MemberFile("traced.pt", Modules.bytes("traced.pt"))
                .open(manager, Modules.INPUT, InputRange.NORMALISED);
        NDArray images = images(4);
        assertThat(normalised.logits(images).toFloatArray())
                .containsExactly(pixels.logits(images.sub(0.2858f).div(0.353f)).toFloatArray(), within(1e-5f));
        assertThat(new Part("a", "00", MemberFile.Kind.TORCHSCRIPT, InputRange.NORMALISED).fingerprint())
                .isNotEqualTo(new Part("a", "00", MemberFile.Kind.TORCHSCRIPT, InputRange.PIXELS).fingerprint());
    }

    @Test
    void fingerprints_areTheFilesHashesInTheirOrder() {
        save("two", "traced.pt", "scripted.pt");
        assertThat(files().fingerprints(new EnsemblePart.Imported("two", 2), DATASET))
                .containsExactly(
                        new MemberFile("", Modules.bytes("traced.pt")).sha256(),
                        new MemberFile("", Modules.bytes("scripted.pt")).sha256());
    }

    @Test
    void members_areDifferentFiles() {
        MemberFile file = new MemberFile("a.pt", Modules.bytes("traced.pt"));
        MemberFile copy = new MemberFile("b.pt", Modules.bytes("traced.pt"));
        assertThatThrownBy(() -> ImportedEnsemble.of("any", List.of(file, copy), InputRange.PIXELS))
                .isInstanceOf(InvalidModelFileException.class)
                .hasMessage("b.pt: the same member as a.pt");
    }

    @Test
    void whatARecipeTakesItFor_mustBeTrue() {
        save("two", "traced.pt", "scripted.pt");
        assertThatThrownBy(() -> files().fingerprints(new EnsemblePart.Imported("three", 2), DATASET))
                .isInstanceOf(UnknownEnsembleException.class)
                .hasMessageStartingWith("no ensemble has been imported as three")
                .hasMessageContaining("polyphony import MEMBER_FILE... --as three");
        assertThatThrownBy(() -> files().fingerprints(new EnsemblePart.Imported("two", 4), DATASET))
                .hasMessage("ensemble two has 2 members, the recipe's ensemble.size is 4");
        DatasetPart other = new DatasetPart("cifar-10", DatasetPart.Augmentation.NONE, 0);
        assertThatThrownBy(() -> files().fingerprints(new EnsemblePart.Imported("two", 2), other))
                .hasMessageStartingWith("ensemble two was imported for fashion-mnist-small");
    }

    @Test
    void aMemberReplacedInTheStore_isRefused() {
        save("two", "traced.pt", "scripted.pt");
        new DirectoryModelStore(directory).put("imported/two/member-1.pt", Modules.bytes("frozen.pt"));
        assertThatThrownBy(() -> files().load(manager, new EnsemblePart.Imported("two", 2), Modules.INPUT))
                .isInstanceOf(ModelStoreException.class)
                .hasMessageContaining("altered or replaced");
    }

    @Test
    void description_thatIsNone_isRefused() {
        new DirectoryModelStore(directory)
                .put("imported/odd/ensemble.json", "{\"format\":\"x\"}".getBytes(StandardCharsets.UTF_8));
        assertThatThrownBy(() -> files().find("odd")).isInstanceOf(InvalidModelFileException.class);
    }

    @ParameterizedTest
    @CsvSource({"traced.pt", "scripted.pt", "scripted-training.pt", "frozen.pt", "native-0.pt", "native-0.safetensors"})
    void goodMembers_passTheCheck(String name) {
        try (Member member = open(name);
                NDArray images = images(4)) {
            MemberCheck.require(member, images, name);
            assertThat(images.hasGradient()).isFalse();
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '!', textBlock = """
                    nan.pt ! its logits are not finite: NaN
                    three-axes.pt ! its logits for (4, 1, 28, 28) images are (1, 4, 10), not (4, 10) for the data set's classes
                    eleven-classes.pt ! its logits for (4, 1, 28, 28) images are (4, 11), not (4, 10) for the data set's classes
                    fixed-batch.pt ! it fails on float32 images (4, 1, 28, 28): shape '[3, 784]' is invalid for input of size 3136
                    traced-training.pt ! an image's logits change by up to
                    no-gradient.pt ! no gradient of its logits reaches the images
                    zero-gradient.pt ! the gradient of its logits by the images is zero everywhere
                    pair.pt ! it answers with 2 tensors
                    three-channels.pt ! it fails on float32 images (4, 1, 28, 28): Given groups=1
                    double.pt ! it fails on float32 images (4, 1, 28, 28):
                    """)
    void badMembers_areRefusedWithOneLine(String name, String problem) {
        try (Member member = open(name);
                NDArray images = images(4)) {
            assertThatThrownBy(() -> MemberCheck.require(member, images, name))
                    .isInstanceOf(InvalidModelFileException.class)
                    .hasMessageStartingWith(name + ": " + problem)
                    .hasMessageNotContaining("\n");
        }
    }

    @Test
    void filesThatAreNoMembers_areRefused() {
        ImageInput other = new ImageInput(3, 32, 32, 10, List.of(0f, 0f, 0f), List.of(1f, 1f, 1f));
        MemberFile file = new MemberFile("mine", Modules.bytes("native-0.safetensors"));
        assertThatThrownBy(() -> file.open(manager, other, InputRange.PIXELS))
                .hasMessage("mine: its network is for 1 x 28 x 28 images of 10 classes,"
                        + " the data set has 3 x 32 x 32 images of 10 classes");
        ResNet four = ResNet.batchEnsemble(8, 2, 2, 4, Modules.INPUT);
        try (Weights weights = Initialisation.weights(four, manager, 1)) {
            MemberFile student = new MemberFile("mine", ModelFile.encode(four, weights, Map.of()));
            assertThatThrownBy(() -> student.open(manager, Modules.INPUT, InputRange.PIXELS))
                    .hasMessage("mine: it is 4 subnetworks in one; a member is a single network");
        }
        assertThatThrownBy(() -> open("state-dict.pt")).hasMessageStartingWith("state-dict.pt: pickled by torch.save");
        MemberFile empty = new MemberFile("mine", new byte[0]);
        assertThatThrownBy(() -> empty.open(manager, Modules.INPUT, InputRange.PIXELS))
                .isInstanceOf(InvalidModelFileException.class);
        assertThatThrownBy(() -> MemberFile.read(directory.resolve("nowhere.pt")))
                .hasMessageEndingWith("nowhere.pt: there is no such file");
    }
}
