package dev.polyphony.models.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.polyphony.experiment.ImageInput;
import dev.polyphony.models.Network;
import dev.polyphony.models.networks.Architecture.Kind;
import dev.polyphony.models.networks.Networks;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
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

        files.prune(2, step -> step == 20);

        assertThat(store.read).isEmpty();
        assertThat(files.all())
                .extracting(StoredFile::address)
                .containsExactly(files.address(20), files.address(40), files.address(50));
        assertThat(store.find("runs/a/checkpoints/step-00000001.txt")).isPresent();
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
