package dev.polyphony.evaluator.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDManager;
import dev.polyphony.datasets.Experiment;
import dev.polyphony.datasets.ShiftedImages;
import dev.polyphony.evaluator.shift.ShiftScores;
import dev.polyphony.experiment.Provenance;
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
import dev.polyphony.models.store.StoredFile;
import dev.polyphony.scoring.Diversity;
import dev.polyphony.scoring.Predictions;
import dev.polyphony.streaming.service.Heartbeat;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class AnalysisWorkTest {

    private static final AnalysisSizes SMALL = new AnalysisSizes(150, 20, 3, 4);
    private static final List<String> MEMBERS = List.of();
    private static final List<String> EXTERNAL =
            List.of("perturbation: confods", "perturbation: ods\n  guide: external");
    private static final List<String> GAUSSIAN = List.of("perturbation: confods", "perturbation: gaussian");
    private static final List<String> SINGLE = List.of(
            "architecture: batch-ensemble", "architecture: single",
            "subnetworks: 2", "subnetworks: 1",
            "objective: one-to-one", "objective: averaged");
    private static final List<String> MIMO = List.of("architecture: batch-ensemble", "architecture: mimo");

    @TempDir
    Path directory;

    private final NDManager manager = NDManager.newBaseManager();

    @AfterEach
    void close() {
        manager.close();
    }

    /** The recipe {@code tiny} with some of its text replaced. */
    private Experiment experiment(List<String> replacements) throws IOException {
        String text =
                new String(getClass().getResourceAsStream("/recipes/tiny.yaml").readAllBytes(), StandardCharsets.UTF_8);
        for (int i = 0; i < replacements.size(); i += 2) {
            assertThat(text).contains(replacements.get(i));
            text = text.replace(replacements.get(i), replacements.get(i + 1));
        }
        Path file = Files.writeString(directory.resolve("recipe.yaml"), text);
        return Experiment.open(file.toString(), Path.of("data"));
    }

    /** A store with members and a student that have learnt nothing yet. */
    private ModelStore store(String name, Experiment experiment) {
        ModelStore store = new DirectoryModelStore(directory.resolve(name));
        Network member = Networks.member(experiment.recipe().training(), experiment.input());
        EnsembleFiles files = new EnsembleFiles(store, experiment.identities().ensembleId());
        for (int index = 0; index < experiment.recipe().trainedMembers(); index++) {
            put(store, files.member(index), member, index);
        }
        put(store, student(experiment), Networks.student(experiment.recipe().student(), experiment.input()), 9);
        return store;
    }

    private void put(ModelStore store, String address, Network network, long seed) {
        try (Weights weights = Initialisation.weights(network, manager, seed)) {
            store.put(address, ModelFile.encode(network, weights, Map.of()));
        }
    }

    private static String student(Experiment experiment) {
        return "runs/" + experiment.identities().runId() + "/student.safetensors";
    }

    private AnalysisWork work(Experiment experiment, ModelStore store) {
        Provenance provenance = EngineProvenance.of(
                experiment.recipe(),
                experiment.identities(),
                experiment.dataset().checksums());
        ShiftedImages shifted = ShiftedImages.open(experiment, Path.of("data"));
        return new AnalysisWork(
                experiment,
                manager,
                store,
                SMALL,
                new ShiftScores(experiment, manager, store, provenance, shifted, false),
                provenance,
                new Heartbeat(Clock.systemUTC()));
    }

    private static JsonNode document(Experiment experiment, ModelStore store) {
        return JsonMapper.shared().readTree(bytes(experiment, store));
    }

    private static byte[] bytes(Experiment experiment, ModelStore store) {
        StoredFile file = store.find("runs/" + experiment.identities().runId() + "/analysis.json")
                .orElseThrow();
        return store.get(file.address(), file.sha256());
    }

    @Test
    void run_writesWhatTheFiguresNeed() throws IOException {
        Experiment experiment = experiment(MEMBERS);
        ModelStore store = store("store", experiment);
        work(experiment, store).run();
        JsonNode document = document(experiment, store);
        assertThat(document.path("id").asString())
                .isEqualTo(experiment.identities().runId());
        assertThat(document.path("modelSha256").asString())
                .isEqualTo(store.find(student(experiment)).orElseThrow().sha256());
        JsonNode teachers = document.path("diversity").path("teachers");
        assertThat(teachers.propertyNames()).containsExactlyInAnyOrder("train", "train-gaussian", "train-ods", "test");
        for (String split : List.of("train", "train-gaussian", "train-ods")) {
            assertThat(teachers.path(split).path("samples").asInt()).isEqualTo(150);
            assertThat(teachers.path(split).path("bins")).hasSize(15);
        }
        JsonNode subnetworks = document.path("diversity").path("student").path("test");
        assertThat(subnetworks.path("members").asInt()).isEqualTo(2);
        assertThat(subnetworks.path("samples").asInt())
                .isEqualTo(experiment.dataset().test().count());
        assertThat(document.path("jacobians").path("images").asInt()).isEqualTo(20);
        assertThat(document.path("jacobians").path("similarities")).hasSize(2);
        for (JsonNode similarities : document.path("jacobians").path("similarities")) {
            assertThat(similarities).hasSize(20).allMatch(value -> Math.abs(value.asDouble()) <= 1);
        }
        assertRatios(document.path("signalToNoise"));
    }

    private static void assertRatios(JsonNode signalToNoise) {
        assertThat(signalToNoise.path("images").asInt()).isEqualTo(3);
        assertThat(signalToNoise.path("draws").asInt()).isEqualTo(4);
        for (String kind : List.of("gaussian", "ods")) {
            assertThat(signalToNoise.path(kind)).hasSize(3).allMatch(value -> value.asDouble() > 0);
        }
    }

    @Test
    void meanKldOnTest_isThatOfTheMembers() throws IOException {
        Experiment experiment = experiment(MEMBERS);
        ModelStore store = store("store", experiment);
        work(experiment, store).run();
        EnsembleFiles files = new EnsembleFiles(store, experiment.identities().ensembleId());
        try (var ensemble = files.load(manager, experiment.recipe().ensemble(), experiment.input())) {
            byte[] pixels = experiment.dataset().test().pixels();
            Predictions predictions = new Predictions(
                    Inference.logits(manager, ensemble, pixels),
                    experiment.dataset().test().labels());
            JsonNode plot = document(experiment, store)
                    .path("diversity")
                    .path("teachers")
                    .path("test");
            assertThat(plot.path("meanKld").asDouble()).isCloseTo(Diversity.meanKld(predictions), within(1e-9));
        }
    }

    @Test
    void repetition_givesTheSameBytes_andLeavesWhatIsThere() throws IOException {
        Experiment experiment = experiment(MEMBERS);
        ModelStore first = store("first", experiment);
        ModelStore second = store("second", experiment);
        work(experiment, first).run();
        work(experiment, second).run();
        assertThat(bytes(experiment, second)).isEqualTo(bytes(experiment, first));

        String address = "runs/" + experiment.identities().runId() + "/analysis.json";
        byte[] marked = ("{\"modelSha256\":\""
                        + first.find(student(experiment)).orElseThrow().sha256() + "\"}")
                .getBytes(StandardCharsets.UTF_8);
        first.put(address, marked);
        work(experiment, first).run();
        assertThat(bytes(experiment, first)).isEqualTo(marked);

        first.put(address, "{\"modelSha256\":\"another\"}".getBytes(StandardCharsets.UTF_8));
        work(experiment, first).run();
        assertThat(bytes(experiment, first)).isEqualTo(bytes(experiment, second));
    }

    @Test
    void externalGuide_changesOutputDiversifiedPartsAlone() throws IOException {
        Experiment usual = experiment(MEMBERS);
        ModelStore store = store("store", usual);
        work(usual, store).run();
        Experiment guided = experiment(EXTERNAL);
        ModelStore other = store("other", guided);
        work(guided, other).run();
        JsonNode byMembers = document(usual, store);
        JsonNode byGuide = document(guided, other);
        for (String same : List.of("train", "train-gaussian", "test")) {
            assertThat(byGuide.path("diversity").path("teachers").path(same))
                    .isEqualTo(byMembers.path("diversity").path("teachers").path(same));
        }
        assertThat(byGuide.path("diversity").path("teachers").path("train-ods"))
                .isNotEqualTo(byMembers.path("diversity").path("teachers").path("train-ods"));
        assertThat(byGuide.path("signalToNoise").path("gaussian"))
                .isEqualTo(byMembers.path("signalToNoise").path("gaussian"));
    }

    @Test
    void singleStudent_isComparedWithTheEnsemble() throws IOException {
        Experiment experiment = experiment(SINGLE);
        ModelStore store = store("store", experiment);
        work(experiment, store).run();
        JsonNode document = document(experiment, store);
        assertThat(document.path("jacobians").path("similarities")).hasSize(1);
        assertThat(document.path("diversity")
                        .path("student")
                        .path("test")
                        .path("meanKld")
                        .asDouble())
                .isZero();
        assertRatios(document.path("signalToNoise"));
    }

    @Test
    void otherStudents_areAnalysedToo() throws IOException {
        for (List<String> replacements : List.of(MIMO, GAUSSIAN)) {
            Experiment experiment = experiment(replacements);
            ModelStore store = store(experiment.identities().runId(), experiment);
            work(experiment, store).run();
            assertThat(document(experiment, store).path("jacobians").path("similarities"))
                    .hasSize(2);
            assertRatios(document(experiment, store).path("signalToNoise"));
        }
    }

    @Test
    void stoppedWork_writesNothing() throws IOException {
        Experiment experiment = experiment(MEMBERS);
        ModelStore store = store("store", experiment);
        AnalysisWork work = work(experiment, store);
        work.stop();
        work.run();
        assertThat(store.list("runs/")).extracting(StoredFile::address).containsExactly(student(experiment));
    }

    @Test
    void unfinishedRun_isAMistakeOfTheUser() throws IOException {
        Experiment experiment = experiment(MEMBERS);
        ModelStore store = new DirectoryModelStore(directory.resolve("empty"));
        assertThatThrownBy(() -> work(experiment, store).run())
                .isInstanceOf(UserMistake.class)
                .hasMessageContaining("has not been run to its end")
                .hasMessageContaining(student(experiment));
    }
}
