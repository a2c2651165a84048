package dev.polyphony.launcher.export;

import static org.assertj.core.api.Assertions.assertThat;

import dev.polyphony.datasets.npy.NpyArray;
import dev.polyphony.distillation.GuideVector;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StreamArchiveTest {

    @TempDir
    private Path directory = Path.of("");

    @Test
    void archive_holdsEveryImageWithAllThatBelongsToIt() {
        Archive arrays = written();

        assertThat(arrays.get("step").toInts()).containsExactly(4, 4, 5);
        assertThat(arrays.get("member").toInts()).containsExactly(0, 0, 1);
        assertThat(arrays.get("labels").toInts()).containsExactly(1, 2, 2);
        assertThat(arrays.get("indices").toInts()).containsExactly(400, 401, 500);
        assertThat(arrays.get("images").shape()).containsExactly(3, 1, 2, 2);
        assertThat(arrays.get("images").toInts())
                .containsExactly(204, 205, 206, 207, 205, 206, 207, 208, 205, 206, 207, 208);
        assertThat(arrays.get("perturbation").toFloats())
                .startsWith(4, 4 + 1 / 64f)
                .endsWith(5 + 3 / 64f);
        assertThat(arrays.get("steps").toInts()).containsExactly(4, 5);
        assertThat(arrays.get("seed").toInts()).containsExactly(7, 7);
        assertThat(new String(arrays.get("kind").toBytes(), StandardCharsets.US_ASCII))
                .isEqualTo("ods\0\0\0\0\0ods\0\0\0\0\0");
    }

    @Test
    void logits_areMemberByMember() {
        NpyArray logits = written().get("logits");

        assertThat(logits.shape()).containsExactly(2, 3, 3);
        // Step 4 has members of 2x3 numbers from 4000 on, step 5 of 1x3 from 5000 on.
        assertThat(logits.toFloats())
                .containsExactly(
                        4000, 4001, 4002, 4003, 4004, 4005, 5000, 5001, 5002, 4006, 4007, 4008, 4009, 4010, 4011, 5003,
                        5004, 5005);
    }

    @Test
    void guide_isDrawnAgainFromTheSeed() {
        NpyArray guide = written().get("guide");

        assertThat(guide.shape()).containsExactly(3, 3);
        assertThat(Arrays.copyOf(guide.toFloats(), 6)).containsExactly(GuideVector.draw(Steps.SEED, 4, 2, 3));
        assertThat(Arrays.copyOfRange(guide.toFloats(), 6, 9)).containsExactly(GuideVector.draw(Steps.SEED, 5, 1, 3));
    }

    private Archive written() {
        Path file = directory.resolve("stream.npz");
        new StreamArchive(
                        new TreeMap<>(Map.of(4L, Steps.minibatch(4, 2), 5L, Steps.minibatch(5, 1))),
                        new TreeMap<>(Map.of(4L, Steps.logits(4, 2), 5L, Steps.logits(5, 1))))
                .write(file);
        return Archive.read(file);
    }
}
