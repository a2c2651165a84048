package dev.polyphony.student;

import static org.assertj.core.api.Assertions.assertThat;

import dev.polyphony.distillation.Losses;
import dev.polyphony.models.store.DirectoryModelStore;
import dev.polyphony.models.store.ModelStore;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CurveLogTest {

    @TempDir
    Path directory;

    @Test
    void restoredLog_isCutBackToTheCheckpoint_andEndsAsThatOfAQuietRun() {
        ModelStore store = new DirectoryModelStore(directory);
        CurveLog quiet = new CurveLog(store, "quiet", 10);
        add(quiet, 0, 10);
        quiet.save();

        CurveLog killed = new CurveLog(store, "killed", 10);
        add(killed, 0, 7);
        killed.save();
        CurveLog restarted = new CurveLog(store, "killed", 10);
        restarted.restore(4);
        add(restarted, 4, 10);
        restarted.save();

        assertThat(lines(store, "killed")).hasSize(10).isEqualTo(lines(store, "quiet"));
    }

    @Test
    void longRun_keepsFewLines() {
        ModelStore store = new DirectoryModelStore(directory);
        CurveLog log = new CurveLog(store, "long", 100_000);
        add(log, 0, 100_000);
        log.save();
        assertThat(lines(store, "long")).hasSize(2_000);
    }

    private static void add(CurveLog log, long from, long to) {
        for (long step = from; step < to; step++) {
            log.add(step, 0, new Losses(1.0 / (step + 1), 2, 3, 4), 0.1);
        }
    }

    private static List<String> lines(ModelStore store, String run) {
        String address = "runs/" + run + "/curves.jsonl";
        String sha256 = store.find(address).orElseThrow().sha256();
        return new String(store.get(address, sha256), StandardCharsets.UTF_8)
                .lines()
                .toList();
    }
}
