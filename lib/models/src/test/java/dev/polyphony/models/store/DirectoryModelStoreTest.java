package dev.polyphony.models.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
}
