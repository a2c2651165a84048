package dev.polyphony.models.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDManager;
import dev.polyphony.experiment.ImageInput;
import dev.polyphony.experiment.Recipe;
import dev.polyphony.experiment.RecipeFile;
import dev.polyphony.models.Ensemble;
import dev.polyphony.models.Initialisation;
import dev.polyphony.models.Network;
import dev.polyphony.models.NetworkMember;
import dev.polyphony.models.Weights;
import dev.polyphony.models.networks.Networks;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EnsembleFilesTest {

    private static final ImageInput INPUT = new ImageInput(1, 8, 8, 3, List.of(0.1f), List.of(0.3f));
    private static final Recipe MEMBERS = recipe("members");
    private static final Recipe EXTERNAL = recipe("external");

    private final NDManager manager = NDManager.newBaseManager();

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path directory;

    @AfterEach
    void free() {
        manager.close();
    }

    @Test
    void guides_areTheMembers_orTheMemberAfterTheLastAlone() {
        EnsembleFiles files = new EnsembleFiles(new DirectoryModelStore(directory), "aa");
        for (int member = 0; member < EXTERNAL.trainedMembers(); member++) {
            put(files, member);
        }
        Ensemble members = files.load(manager, MEMBERS.ensemble(), INPUT);
        assertThat(members.size()).isEqualTo(2);
        assertThat(hashes(files.guides(manager, MEMBERS, INPUT))).isEqualTo(hashes(members));
        assertThat(hashes(files.guides(manager, EXTERNAL, INPUT)))
                .hasSize(1)
                .doesNotContainAnyElementsOf(hashes(members));
    }

    @Test
    void externalGuide_thatIsNotTrained_isNamed() {
        EnsembleFiles files = new EnsembleFiles(new DirectoryModelStore(directory), "aa");
        put(files, 0);
        put(files, 1);
        assertThatThrownBy(() -> files.guides(manager, EXTERNAL, INPUT))
                .isInstanceOf(ModelStoreException.class)
                .hasMessageStartingWith("ensemble aa has no member 2 yet");
    }

    private void put(EnsembleFiles files, int member) {
        Network network = Networks.member(MEMBERS.training(), INPUT);
        try (Weights weights = Initialisation.weights(network, manager, member)) {
            files.store().put(files.member(member), ModelFile.encode(network, weights, Map.of()));
        }
    }

    private static List<String> hashes(Ensemble ensemble) {
        return ensemble.members().stream()
                .map(member -> ((NetworkMember) member).weights().sha256())
                .toList();
    }

    private static Recipe recipe(String guide) {
        return RecipeFile.parse(guide, """
                dataset: {name: fashion-mnist-small}
                ensemble: {architecture: resnet-8, width: 2, size: 2, batchSize: 8, learningRate: 0.1, weightDecay: 0, epochs: 10, seed: 1}
                stream: {perturbation: ods, guide: GUIDE, temperature: 4, batchSize: 8, epochs: 10, seed: 2}
                student: {architecture: batch-ensemble, network: resnet-8, width: 2, subnetworks: 2, distillationWeight: 0.9, temperature: 4, learningRate: 0.1, weightDecay: 0, seed: 3}
                """.replace("GUIDE", guide));
    }
}
