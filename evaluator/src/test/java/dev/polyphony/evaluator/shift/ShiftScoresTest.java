package dev.polyphony.evaluator.shift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDManager;
import dev.polyphony.datasets.Dataset;
import dev.polyphony.datasets.Experiment;
import dev.polyphony.datasets.Images;
import dev.polyphony.datasets.ShiftedImages;
import dev.polyphony.datasets.corruptions.Corruption;
import dev.polyphony.evaluator.shift.ShiftDocument.Cell;
import dev.polyphony.experiment.Provenance;
import dev.polyphony.experiment.RecipeCatalogue;
import dev.polyphony.experiment.UserMistake;
import dev.polyphony.models.Inference;
import dev.polyphony.models.Initialisation;
import dev.polyphony.models.Network;
import dev.polyphony.models.Weights;
import dev.polyphony.models.networks.Networks;
import dev.polyphony.models.store.DirectoryModelStore;
import dev.polyphony.models.store.EngineProvenance;
import dev.polyphony.models.store.EnsembleFiles;
import dev.polyphony.models.store.ModelFile;
import dev.polyphony.models.store.ModelStore;
import dev.polyphony.scoring.Predictions;
import dev.polyphony.scoring.Scores;
import dev.polyphony.scoring.TemperatureScaling;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Of networks that have learnt nothing, on a real store. */
class ShiftScoresTest {

    private static final String STUDENT = "runs/x/student.safetensors";

    @TempDir
    Path directory;

    private final NDManager manager = NDManager.newBaseManager();
    private final List<ShiftDocument> written = new ArrayList<>();
    private long examined;

    @SuppressWarnings("NullAway.Init")
    private Experiment experiment;

    @SuppressWarnings("NullAway.Init")
    private ModelStore store;

    @BeforeEach
    void store() throws IOException {
        experiment = experiment("  outOfDistribution: [rotated]\n  corruptions: local");
        store = new DirectoryModelStore(directory.resolve("store"));
        Network member = Networks.member(experiment.recipe().training(), experiment.input());
        EnsembleFiles files = new EnsembleFiles(store, experiment.identities().ensembleId());
        for (int index = 0; index < experiment.recipe().ensemble().size(); index++) {
            put(files.member(index), member, index);
        }
        put(STUDENT, student(), 9);
    }

    @AfterEach
    void close() {
        manager.close();
    }

    @Test
    void complete_scoresBothModelsOnEverySet() {
        complete();

        assertThat(written).extracting(ShiftDocument::kind).containsExactly("ensemble", "student");
        assertThat(written).allSatisfy(document -> {
            assertThat(cells(document)).hasSize(75);
            assertThat(cells(document))
                    .extracting(Cell::corruption)
                    .startsWith("gaussian_noise")
                    .endsWith("jpeg_compression");
            assertThat(cells(document)).extracting(Cell::severity).startsWith(1, 2, 3, 4, 5, 1);
            assertThat(document.outOfDistribution()).containsOnlyKeys("rotated");
        });
        assertThat(examined).isEqualTo(2 * 76);
    }

    @Test
    void withoutTheEnsemble_theStudentIsScoredAlone_ifThatIsAllowed() throws IOException {
        experiment = experiment("  outOfDistribution: [rotated]");
        store.delete(new EnsembleFiles(store, experiment.identities().ensembleId()).member(1));
        assertThatThrownBy(this::complete).isInstanceOf(UserMistake.class).hasMessageContaining("has no member 1");
        examined = 0;
        scores(true).complete(STUDENT, images -> examined++, written::add);
        assertThat(written).extracting(ShiftDocument::kind).containsExactly("student");
        assertThat(examined).isEqualTo(2);
    }

    /** One cell and the foreign set, computed again by other means. */
    @Test
    void scores_areThoseOfTheImagesTheySpeakOf() {
        complete();

        Predictions fog = predictions(Corruption.FOG.apply(experiment.dataset().test(), 4, 1));
        Predictions validation = predictions(experiment.dataset().validation());
        double temperature = TemperatureScaling.fit(validation.pooledLogProbabilities(), validation.labels());
        Cell cell = cells(written.get(1)).stream()
                .filter(one -> one.corruption().equals("fog") && one.severity() == 4)
                .findFirst()
                .orElseThrow();
        assertThat(cell.standard()).isEqualTo(Scores.of(fog.pooledLogProbabilities(), fog.labels()));
        assertThat(cell.calibrated())
                .isEqualTo(
                        Scores.of(TemperatureScaling.apply(fog.pooledLogProbabilities(), temperature), fog.labels()));
        assertThat(cell.standard()).isNotEqualTo(cell.calibrated());
        assertThat(written.get(1).outOfDistribution().values())
                .singleElement()
                .satisfies(rotated -> assertThat(rotated.meanEntropyIn()).isNotEqualTo(rotated.meanEntropyOut()));
    }

    @Test
    void complete_again_writesNothing_andCountsTheSame() {
        complete();
        Map<String, String> before = documents();
        written.clear();
        examined = 0;
        complete();

        assertThat(written).isEmpty();
        assertThat(examined).isEqualTo(2 * 76);
        assertThat(documents()).isEqualTo(before);
    }

    @Test
    void interrupted_itGoesOn_toTheSameBytes() {
        assertThatThrownBy(() -> scores().complete(
                                STUDENT,
                                images -> {
                                    if (++examined == 100) {
                                        throw new CancellationException();
                                    }
                                },
                                written::add))
                .isInstanceOf(CancellationException.class);
        assertThat(written).extracting(ShiftDocument::kind).containsExactly("ensemble");
        complete();
        Map<String, String> resumed = documents();
        assertThat(resumed).hasSize(2);

        store = new DirectoryModelStore(directory.resolve("other"));
        Network member = Networks.member(experiment.recipe().training(), experiment.input());
        EnsembleFiles files = new EnsembleFiles(store, experiment.identities().ensembleId());
        for (int index = 0; index < experiment.recipe().ensemble().size(); index++) {
            put(files.member(index), member, index);
        }
        put(STUDENT, student(), 9);
        complete();
        assertThat(documents()).isEqualTo(resumed);
    }

    @Test
    void anotherStudent_isScoredAnew() {
        complete();
        written.clear();
        put(STUDENT, student(), 10);
        complete();
        assertThat(written).extracting(ShiftDocument::kind).containsExactly("student");
    }

    @Test
    void whatAnotherRecipeHasAskedFor_isKept() throws IOException {
        experiment = experiment("  corruptions: local");
        complete();
        List<ShiftDocument> corrupted = List.copyOf(written);
        written.clear();
        experiment = experiment("  outOfDistribution: [rotated]");
        complete();
        assertThat(written)
                .extracting(ShiftDocument::corruptions)
                .isEqualTo(corrupted.stream().map(ShiftDocument::corruptions).toList());
        assertThat(written)
                .allSatisfy(document -> assertThat(document.outOfDistribution()).containsOnlyKeys("rotated"));

        written.clear();
        experiment = experiment("  outOfDistribution: [rotated]\n  corruptions: local");
        complete();
        assertThat(written).isEmpty();
    }

    /** Scores of a student that is no more say nothing of the one that has taken its place. */
    @Test
    void whatAnotherStudentScored_isNotKept() throws IOException {
        experiment = experiment("  corruptions: local");
        complete();
        written.clear();
        put(STUDENT, student(), 10);
        experiment = experiment("  outOfDistribution: [rotated]");
        complete();
        assertThat(written).extracting(ShiftDocument::kind).containsExactly("ensemble", "student");
        assertThat(written.get(0).corruptions()).isNotNull();
        assertThat(written.get(1).corruptions()).isNull();
    }

    @Test
    void aRecipeThatAsksForNothing_getsNothing() throws IOException {
        experiment = experiment("  splits: [validation, test]");
        complete();
        assertThat(scores().examinations()).isZero();
        assertThat(documents()).isEmpty();
    }

    @Test
    void whatCannotBeHad_isToldAtOnce() throws IOException {
        Experiment unknown = experiment("  outOfDistribution: [mars]");
        assertThatThrownBy(() -> ShiftedImages.open(unknown, directory))
                .isInstanceOf(UserMistake.class)
                .hasMessage("there is no out-of-distribution set 'mars'; the sets are rotated, svhn");
        Experiment unpublished = experiment("  corruptions: published");
        assertThatThrownBy(() -> ShiftedImages.open(unpublished, directory))
                .isInstanceOf(UserMistake.class)
                .hasMessageContaining("corruptions: local");
    }

    private void complete() {
        scores().complete(STUDENT, images -> examined++, written::add);
    }

    private ShiftScores scores() {
        return scores(false);
    }

    private ShiftScores scores(boolean ensembleOptional) {
        Provenance provenance = EngineProvenance.of(
                experiment.recipe(),
                experiment.identities(),
                experiment.dataset().checksums());
        return new ShiftScores(
                experiment,
                manager,
                store,
                provenance,
                ShiftedImages.open(experiment, directory.resolve("data")),
                ensembleOptional);
    }

    private Experiment experiment(String evaluation) throws IOException {
        String text =
                RecipeCatalogue.yaml("tiny").replaceFirst("(?s)evaluation:.*", "evaluation:\n" + evaluation + "\n");
        Path file = Files.writeString(directory.resolve("recipe.yaml"), text);
        return small(Experiment.open(file.toString(), directory.resolve("data")));
    }

    /** With few images to score. */
    private static Experiment small(Experiment experiment) {
        Dataset whole = experiment.dataset();
        Dataset few = new Dataset(
                whole.name(),
                whole.shape(),
                whole.classes(),
                whole.classNames(),
                whole.train(),
                first(40, whole.validation()),
                first(25, whole.test()),
                whole.mean(),
                whole.std(),
                whole.cropPadding(),
                whole.checksums());
        return new Experiment(experiment.recipe(), few, experiment.identities());
    }

    private static Images first(int count, Images images) {
        return new Images(
                images.shape(),
                Arrays.copyOf(images.pixels(), count * images.shape().pixels()),
                Arrays.copyOf(images.labels(), count));
    }

    private Network student() {
        return Networks.student(experiment.recipe().student(), experiment.input());
    }

    private void put(String address, Network network, long seed) {
        try (Weights weights = Initialisation.weights(network, manager, seed)) {
            store.put(address, ModelFile.encode(network, weights, Map.of()));
        }
    }

    private Predictions predictions(Images images) {
        try (Weights weights = Initialisation.weights(student(), manager, 9)) {
            return new Predictions(Inference.logits(manager, student(), weights, images.pixels()), images.labels());
        }
    }

    private static List<Cell> cells(ShiftDocument document) {
        ShiftDocument.CorruptedScores corruptions = document.corruptions();
        assertThat(corruptions).isNotNull();
        return corruptions == null ? List.of() : corruptions.cells();
    }

    /** SHA-256 of every document by address. */
    private Map<String, String> documents() {
        Map<String, String> found = new TreeMap<>();
        for (String address : List.of(
                "ensembles/" + experiment.identities().ensembleId() + "/shift.json",
                "runs/" + experiment.identities().runId() + "/shift.json")) {
            store.find(address).ifPresent(file -> found.put(address, file.sha256()));
        }
        return found;
    }
}
