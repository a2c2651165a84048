package dev.polyphony.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.polyphony.datasets.npy.NpyArray;
import dev.polyphony.datasets.npy.Npz;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ScoreCommandTest {

    private static final Offset<Double> TIGHT = within(1e-9);

    /** Probabilities worked out by hand elsewhere; one sits exactly on a bin's edge. */
    private static final double[] PROBABILITIES = {
        .70, .20, .10, .45, .35, .20, .10, .85, .05, .30, .30, .40, .95, .03, .02, .25, .72, .03, .05, .05, .90, .50,
        .41, .09
    };

    private static final int[] LABELS = {0, 1, 1, 2, 0, 0, 2, 0};

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir
    private Path directory = Path.of("");

    @Test
    void score_givesTheKnownMetricsAndTemperature() {
        double[] logits = Arrays.stream(PROBABILITIES).map(Math::log).toArray();
        Path file = write(Map.of(
                "logits", NpyArray.ofDoubles(logits, 8, 3),
                "labels", NpyArray.ofInts(LABELS, 8),
                "validation_logits", NpyArray.ofDoubles(logits, 1, 8, 3),
                "validation_labels", NpyArray.ofInts(LABELS, 8)));

        JsonNode scores = json(file);

        assertThat(scores.path("samples").asInt()).isEqualTo(8);
        assertThat(scores.path("classes").asInt()).isEqualTo(3);
        assertThat(scores.path("members").asInt()).isEqualTo(1);
        assertThat(scores.at("/standard/accuracy").asDouble()).isCloseTo(.75, TIGHT);
        assertThat(scores.at("/standard/nll").asDouble()).isCloseTo(.5901752602, TIGHT);
        assertThat(scores.at("/standard/brier").asDouble()).isCloseTo(.36335, TIGHT);
        assertThat(scores.at("/standard/ece").asDouble()).isCloseTo(.28375, TIGHT);
        assertThat(scores.path("temperature").asDouble()).isCloseTo(.70420906, within(1e-7));
        assertThat(scores.at("/calibrated/nll").asDouble()).isCloseTo(.5678354056, TIGHT);
        assertThat(scores.at("/calibrated/brier").asDouble()).isCloseTo(.3697209355, within(1e-7));
        assertThat(scores.at("/calibrated/ece").asDouble()).isCloseTo(.2814108203, within(1e-7));
        assertThat(scores.path("meanKld").asDouble()).isZero();
        assertThat(scores.path("disagreement").asDouble()).isZero();
    }

    @Test
    void temperature_ofTwoValuedLogitsIsTheClosedForm() {
        int[] labels = new int[100];
        Arrays.fill(labels, 90, 100, 1);
        double[] logits = new double[200];
        for (int n = 0; n < 100; n++) {
            logits[2 * n] = 4;
        }
        NpyArray rows = NpyArray.ofDoubles(logits, 100, 2);
        NpyArray truth = NpyArray.ofInts(labels, 100);

        JsonNode scores = json(
                write(Map.of("logits", rows, "labels", truth, "validation_logits", rows, "validation_labels", truth)));

        assertThat(scores.at("/standard/nll").asDouble()).isCloseTo(.4181499279, TIGHT);
        assertThat(scores.path("temperature").asDouble()).isCloseTo(1.820478453, within(1e-7));
        assertThat(scores.at("/calibrated/nll").asDouble()).isCloseTo(.3250829734, TIGHT);
    }

    @Test
    void ensemble_isTheMeanProbability() {
        Path file = write(Map.of(
                "logits", NpyArray.ofFloats(new float[] {2, 0, -1, 0, 1, .5f}, 2, 1, 3),
                "labels", NpyArray.ofInts(new int[] {1}, 1)));

        JsonNode scores = json(file);

        assertThat(scores.at("/standard/nll").asDouble()).isCloseTo(1.170093913, TIGHT);
        assertThat(scores.path("disagreement").asDouble()).isEqualTo(1);
        assertThat(scores.has("temperature")).isFalse();
        assertThat(scores.has("calibrated")).isFalse();
        assertThat(scores.path("perMember").size()).isEqualTo(2);
    }

    @Test
    void meanKld_isOverOrderedPairsAndSamples() {
        double[] probabilities = {.7, .2, .1, .99, .005, .005, .5, .3, .2, .98, .01, .01, .6, .1, .3, .995, .003, .002};
        Path file = write(Map.of(
                "logits",
                        NpyArray.ofDoubles(
                                Arrays.stream(probabilities).map(Math::log).toArray(), 3, 2, 3),
                "labels", NpyArray.ofInts(new int[] {0, 0}, 2)));

        assertThat(json(file).path("meanKld").asDouble()).isCloseTo(.06603907646, TIGHT);
    }

    @Test
    void table_hasARowPerMember() {
        Path file = write(Map.of(
                "logits", NpyArray.ofFloats(new float[] {2, 0, -1, 0, 1, .5f}, 2, 1, 3),
                "labels", NpyArray.ofInts(new int[] {1}, 1)));

        assertThat(execute("score", file.toString())).isZero();

        assertThat(out.toString()).contains("1 samples, 3 classes, 2 members", "accuracy", "ensemble", "1.1701");
        assertThat(out.toString().lines()).anyMatch(line -> line.startsWith("member 1 "));
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void missingArray_isNamedWithWhatIsThere() {
        Path file = write(Map.of("logit", NpyArray.ofFloats(new float[] {1, 2}, 1, 2)));

        assertThat(execute("score", file.toString())).isEqualTo(2);
        assertThat(err.toString())
                .contains("there is no array logits", "[logit]")
                .doesNotContain("\tat ");
    }

    @Test
    void labelsThatDoNotFit_areAMistake() {
        NpyArray logits = NpyArray.ofFloats(new float[] {1, 2, 3, 4}, 2, 2);
        Map<String, NpyArray> tooMany = Map.of("logits", logits, "labels", NpyArray.ofInts(new int[] {0, 1, 0}, 3));
        Map<String, NpyArray> tooHigh = Map.of("logits", logits, "labels", NpyArray.ofInts(new int[] {0, 2}, 2));
        Map<String, NpyArray> broken = Map.of("logits", logits, "labels", NpyArray.ofFloats(new float[] {0, 1}, 2));

        for (Map<String, NpyArray> arrays : List.of(tooMany, tooHigh, broken)) {
            assertThat(execute("score", write(arrays).toString())).isEqualTo(2);
        }
        assertThat(err.toString().lines()).hasSize(3).allMatch(line -> line.contains("labels"));
    }

    @Test
    void fileThatIsNoArchive_isAMistake() throws Exception {
        Path text = Files.writeString(directory.resolve("text.npz"), "no archive");

        assertThat(execute("score", text.toString())).isEqualTo(2);
        assertThat(execute("score", directory.resolve("none.npz").toString())).isEqualTo(2);
        assertThat(err.toString()).contains("text.npz", "none.npz").doesNotContain("\tat ");
    }

    private Path write(Map<String, NpyArray> arrays) {
        Path file = directory.resolve("predictions.npz");
        Npz.write(file, new LinkedHashMap<>(arrays));
        return file;
    }

    private JsonNode json(Path file) {
        assertThat(execute("score", "--json", file.toString())).isZero();
        assertThat(out.toString().lines()).hasSize(1);
        return new JsonMapper().readTree(out.toString());
    }

    private int execute(String... arguments) {
        CommandLine line = Polyphony.commandLine();
        line.setOut(new PrintWriter(out, true));
        line.setErr(new PrintWriter(err, true));
        return line.execute(arguments);
    }
}
