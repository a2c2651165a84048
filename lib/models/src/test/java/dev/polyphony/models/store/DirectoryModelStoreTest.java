package dev.polyphony.models.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DirectoryModelStoreTest extends ModelStoreContract {

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path directory;

    @Override
    ModelStore emptyStore() {
        return new DirectoryModelStore(directory.resolve("store"));
    }

    @Test
    void put_leavesTheFileItsChecksumAndNothingElse() throws IOException {
        emptyStore().put("runs/model", new byte[] {'a', 'b', 'c'});
        Path runs = directory.resolve("store/runs");
        try (Stream<Path> files = Files.list(runs)) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrder("model", "model.sha256");
        }
        assertThat(runs.resolve("model.sha256"))
                .hasContent("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad  model\n");
    }

    @Test
    void links_thatLeadOut_areRefused() throws IOException {
        ModelStore store = emptyStore();
        StoredFile secret = new DirectoryModelStore(directory.resolve("elsewhere")).put("secret", new byte[] {7});
        Path elsewhere = directory.resolve("elsewhere");
        store.put("runs/model", new byte[] {1});
        Path root = directory.resolve("store");
        Files.createSymbolicLink(root.resolve("runs/file"), elsewhere.resolve("secret"));
        Files.createSymbolicLink(root.resolve("linked"), elsewhere);
        Files.createSymbolicLink(root.resolve("nowhere"), directory.resolve("none"));
        assertThat(root.resolve("linked/secret")).as("the links work").hasBinaryContent(new byte[] {7});

        for (String address : List.of("runs/file", "linked/secret", "linked/new", "linked/new/deep", "nowhere")) {
            assertThatThrownBy(() -> store.get(address, secret.sha256()))
                    .isInstanceOf(ModelStoreException.class)
                    .hasMessageContaining("\"" + address + "\" leads out of the model store");
            assertThatThrownBy(() -> store.find(address)).isInstanceOf(ModelStoreException.class);
            assertThatThrownBy(() -> store.put(address, new byte[] {2})).isInstanceOf(ModelStoreException.class);
            assertThatThrownBy(() -> store.delete(address)).isInstanceOf(ModelStoreException.class);
        }
        assertThat(store.addresses("")).containsExactly("runs/model");
        assertThat(store.addresses("linked/")).isEmpty();
        assertThat(store.addresses("../elsewhere/")).isEmpty();
        assertThat(elsewhere.resolve("secret")).hasBinaryContent(new byte[] {7});
        assertThat(elsewhere.resolve("new")).doesNotExist();
        assertThat(directory.resolve("none")).doesNotExist();
    }

    @Test
    void store_mayItselfBeALink_andLinksInsideLeadOn() throws IOException {
        Path real = Files.createDirectory(directory.resolve("volume"));
        Files.createSymbolicLink(directory.resolve("store"), real);
        ModelStore store = emptyStore();
        StoredFile stored = store.put("runs/model", new byte[] {1});
        Files.createSymbolicLink(real.resolve("latest"), real.resolve("runs/model"));
        assertThat(store.get("runs/model", stored.sha256())).containsExactly(1);
        assertThat(store.get("latest", stored.sha256())).containsExactly(1);
        assertThat(store.addresses("")).containsExactly("latest", "runs/model");
        assertThat(store.addresses("runs/")).containsExactly("runs/model");
    }
}
