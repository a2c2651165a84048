package dev.polyphony.launcher.cluster.fetch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.polyphony.launcher.LauncherMistake;
import dev.polyphony.models.store.DirectoryModelStore;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Any store does for a bucket: what stores have in common is proved with the stores. */
class BucketRunTest {

    @Test
    void files_areThoseOfTheRunAlone(@TempDir Path directory) {
        DirectoryModelStore store = new DirectoryModelStore(directory);
        byte[] summary = "{}".getBytes(StandardCharsets.UTF_8);
        store.put("runs/072f93cb49c9/summary.json", summary);
        store.put("runs/072f93cb49c9/checkpoints/a.safetensors", new byte[] {1});
        store.put("runs/1967944e500a/summary.json", new byte[] {2});
        BucketRun run = new BucketRun(store, "runs/072f93cb49c9/");
        assertThat(run.files()).containsExactlyInAnyOrder("summary.json", "checkpoints/a.safetensors");
        assertThat(run.read("summary.json")).isEqualTo(summary);
        assertThatThrownBy(() -> run.read("curves.csv"))
                .isInstanceOf(LauncherMistake.class)
                .hasMessage("runs/072f93cb49c9/curves.csv has gone from the model store meanwhile");
    }
}
