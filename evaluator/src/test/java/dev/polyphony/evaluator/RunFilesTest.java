package dev.polyphony.evaluator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.polyphony.evaluator.EvaluationDocument.SplitScores;
import dev.polyphony.models.store.DirectoryModelStore;
import dev.polyphony.models.store.ModelStore;
import dev.polyphony.wire.CheckpointAnnouncement;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunFilesTest {

    private static final String SHA256 = "a".repeat(64);

    /** What an earlier recipe left out is scored when the run goes on. */
    @Test
    void aCheckpoint_isScored_whenTheSameBytesWereOnAllSplits(@TempDir Path directory) {
        ModelStore store = new DirectoryModelStore(directory);
        SortedMap<String, SplitScores> scores = new TreeMap<>(Samples.scores());
        scores.remove("validation");
        String document = EvaluationDocument.JSON.writeValueAsString(
                Map.of("checkpointSha256", SHA256, "splits", scores, "aLaterField", 1));
        store.put("runs/a1/evaluations/step-00000047.json", document.getBytes(StandardCharsets.UTF_8));
        RunFiles files = new RunFiles(store, "a1");

        assertThat(files.scores(announced(47, SHA256), Set.of("test"))).contains(scores);
        assertThat(files.scores(announced(47, SHA256), Set.of("test", "validation")))
                .isEmpty();
        assertThat(files.scores(announced(47, "b".repeat(64)), Set.of("test"))).isEmpty();
        assertThat(files.scores(announced(94, SHA256), Set.of("test"))).isEmpty();
    }

    private static CheckpointAnnouncement announced(long nextStep, String sha256) {
        return new CheckpointAnnouncement("a1", "b2", nextStep, 1, "runs/a1/checkpoints/x", sha256, false);
    }
}
