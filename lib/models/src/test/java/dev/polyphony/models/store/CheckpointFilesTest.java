package dev.polyphony.models.store;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDManager;
import dev.polyphony.experiment.ImageInput;
import dev.polyphony.models.Initialisation;
import dev.polyphony.models.Network;
import dev.polyphony.models.TrainingState;
import dev.polyphony.models.Weights;
import dev.polyphony.models.networks.Architecture.Kind;
import dev.polyphony.models.networks.Networks;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.LongPredicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckpointFilesTest {

    private static final Network NETWORK =
            Networks.named("resnet-8", Kind.PLAIN, 2, 1, 1, new ImageInput(1, 8, 8, 3, List.of(0f), List.of(1f)));

    @Test
    void prune_keepsTheNewestAndTheChosen_andReadsNone(@TempDir Path directory) {
        ReadRecorder store = new ReadRecorder(new DirectoryModelStore(directory));
        CheckpointFiles files = new CheckpointFiles(store, "runs/a/checkpoints", NETWORK, warning -> {});
        for (long step : new long[] {10, 20, 30, 40, 50}) {
            store.put(files.address(step), new byte[] {1});
        }
        store.put("runs/a/checkpoints/step-00000001.txt", new byte[] {1});

        files.prune(50, 2, step -> step == 20);

        assertThat(store.read).isEmpty();
        assertThat(files.all(step -> true))
                .extracting(StoredFile::address)
                .containsExactly(files.address(20), files.address(40), files.address(50));
        assertThat(store.find("runs/a/checkpoints/step-00000001.txt")).isPresent();
    }

    @Test
    void damagedNewest_givesWayToTheOneBefore_withAWarning(@TempDir Path directory) throws IOException {
        List<String> warnings = new ArrayList<>();
        ModelStore store = new DirectoryModelStore(directory);
        CheckpointFiles files = new CheckpointFiles(store, "runs/a/checkpoints", NETWORK, warnings::add);
        save(files, 10, 20, 30);
        flip(directory.resolve(files.address(30)));

        assertThat(latest(files, step -> false)).isEqualTo(20);
        assertThat(warnings).singleElement().asString().contains(files.address(30), "damaged", "the checkpoint before");

        cut(directory.resolve(files.address(20)));
        assertThat(latest(files, step -> false)).isEqualTo(10);
    }

    @Test
    void damagedOneThatIsNeeded_isMadeAgain(@TempDir Path directory) throws IOException {
        List<String> warnings = new ArrayList<>();
        ModelStore store = new DirectoryModelStore(directory);
        CheckpointFiles files = new CheckpointFiles(store, "runs/a/checkpoints", NETWORK, warnings::add);
        save(files, 10, 20, 30, 40);
        flip(directory.resolve(files.address(20)));

        assertThat(latest(files, step -> step == 20)).isEqualTo(10);
        assertThat(warnings).singleElement().asString().contains(files.address(20));
        assertThat(latest(files, step -> step == 30)).isEqualTo(40);
    }

    @Test
    void prune_leavesLaterOnesThatADamagedTrainingLeft(@TempDir Path directory) {
        ModelStore store = new DirectoryModelStore(directory);
        CheckpointFiles files = new CheckpointFiles(store, "runs/a/checkpoints", NETWORK, warning -> {});
        for (long step : new long[] {10, 20, 30, 90}) {
            store.put(files.address(step), new byte[] {1});
        }
        files.prune(30, 2, step -> false);
        assertThat(files.all(step -> true))
                .extracting(StoredFile::address)
                .containsExactly(files.address(20), files.address(30), files.address(90));
    }

    private static void save(CheckpointFiles files, long... steps) {
        try (NDManager manager = NDManager.newBaseManager()) {
            for (long step : steps) {
                Weights weights = Initialisation.weights(NETWORK, manager, step);
                files.save(Checkpoint.of(TrainingState.fresh(weights), step, "{}"));
            }
        }
    }

    private static long latest(CheckpointFiles files, LongPredicate needed) {
        try (NDManager manager = NDManager.newBaseManager()) {
            return files.latest(manager, needed).orElseThrow().nextStep();
        }
    }

    private static void flip(Path file) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        bytes[bytes.length - 5] ^= 4;
        Files.write(file, bytes);
    }

    private static void cut(Path file) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        Files.write(file, Arrays.copyOf(bytes, bytes.length / 2));
    }

    /** Remembers the addresses whose bytes were read. */
    private static final class ReadRecorder implements ModelStore {

        private final ModelStore store;
        private final List<String> read = new ArrayList<>();

        ReadRecorder(ModelStore store) {
            this.store = store;
        }

        @Override
        public Optional<StoredFile> find(String address) {
            read.add(address);
            return store.find(address);
        }

        @Override
        public StoredFile put(String address, byte[] content) {
            return store.put(address, content);
        }

        @Override
        public Optional<byte[]> read(String address) {
            read.add(address);
            return store.read(address);
        }

        @Override
        public byte[] get(String address, String sha256) {
            read.add(address);
            return store.get(address, sha256);
        }

        @Override
        public List<String> addresses(String prefix) {
            return store.addresses(prefix);
        }

        @Override
        public List<StoredFile> list(String prefix) {
            read.add(prefix);
            return store.list(prefix);
        }

        @Override
        public void delete(String address) {
            store.delete(address);
        }
    }
}
