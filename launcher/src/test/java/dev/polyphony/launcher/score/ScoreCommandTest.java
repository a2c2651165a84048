package dev.polyphony.launcher.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.polyphony.datasets.npy.NpyArray;
import dev.polyphony.datasets.npy.Npz;
import dev.polyphony.experiment.UserMistake;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ScoreCommandTest {

    private static final double[] PROBABILITIES = {
        .70, .20, .10, .45, .35, .20, .10, .85, .05, .30, .30, .40, .95, .03, .02, .25, .72, .03, .05, .05, .90, .50,
        .41, .09
    };
    private static final int[] LABELS = {0, 1, 1, 2, 0, 0, 2, 0};

    @TempDir
    private Path directory = Path.of("");

    @Test
    void oneModel_getsTheScoresCalculatedByHand() {
        JsonNode scores = json(file(
                Map.of("logits", NpyArray.ofDoubles(logs(PROBABILITIES), 8, 3), "labels", NpyArray.ofInts(LABELS, 8))));

        assertThat(scores.propertyNames())
                .containsExactly(
                        "samples",
                        "classes",
                        "members",
                        "standard",
                        "temperature",
                        "calibrated",
                        "perMember",
                        "meanKld",
                        "disagreement");
        assertThat(scores.get("standard").propertyNames()).containsExactly("accuracy", "nll", "brier", "ece");
        assertScores(scores.get("standard"), .75, .5901752602, .36335, .28375);
        assertThat(scores.get("perMember")).hasSize(1);
        assertThat(scores.get("temperature").isNull()).isTrue();
        assertThat(scores.get("calibrated").isNull()).isTrue();
    }

    @Test
    void validationArrays_bringATemperatureAndCalibratedScores() {
        NpyArray logits = NpyArray.ofDoubles(logs(PROBABILITIES), 1, 8, 3);
        NpyArray labels = NpyArray.ofInts(LABELS, 8);

        JsonNode scores = json(file(
                Map.of("logits", logits, "labels", labels, "validation_logits", logits, "validation_labels", labels)));

        assertThat(scores.get("temperature").asDouble()).isCloseTo(.70420906, within(1e-5));
        assertScores(scores.get("calibrated"), .75, .5678354056, .3697209355, .2814108203);
    }

    @Test
    void temperature_isTheOneOfTheClosedForm() {
        double[] logits =
                IntStream.range(0, 200).mapToDouble(i -> i % 2 == 0 ? 4 : 0).toArray();
        int[] labels = IntStream.range(0, 100).map(i -> i < 75 ? 0 : 1).toArray();
        NpyArray same = NpyArray.ofDoubles(logits, 100, 2);

        JsonNode scores = json(file(Map.of(
                "logits",
                same,
                "labels",
                NpyArray.ofInts(labels, 100),
                "validation_logits",
                same,
                "validation_labels",
                NpyArray.ofInts(labels, 100))));

        assertThat(scores.get("temperature").asDouble()).isCloseTo(3.640956907, within(1e-4));
        assertThat(scores.get("standard").get("nll").asDouble()).isCloseTo(1.018149928, within(1e-9));
        assertThat(scores.get("calibrated").get("nll").asDouble()).isCloseTo(.5623351446, within(1e-8));
    }

    @Test
    void members_arePooledAsProbabilities() {
        JsonNode scores = json(file(Map.of(
                "logits",
                NpyArray.ofFloats(new float[] {2, 0, -1, 0, 1, .5f}, 2, 1, 3),
                "labels",
                NpyArray.ofBytes(new byte[] {0}, 1))));

        assertThat(scores.get("standard").get("nll").asDouble()).isCloseTo(.6634733774, within(1e-9));
        assertThat(scores.get("disagreement").asDouble()).isEqualTo(1);
    }

    @Test
    void meanKld_isTheMeanOverPairsAndSamples() {
        double[] members = {.7, .2, .1, .99, .005, .005, .5, .3, .2, .98, .01, .01, .6, .1, .3, .995, .003, .002};

        JsonNode scores = json(file(Map.of(
                "logits", NpyArray.ofDoubles(logs(members), 3, 2, 3), "labels", NpyArray.ofInts(new int[] {0, 0}, 2))));

        assertThat(scores.get("meanKld").asDouble()).isCloseTo(.06603907646, within(1e-9));
        assertThat(scores.get("perMember")).hasSize(3);
    }

    @Test
    void table_namesEveryScore() {
        Path file = file(
                Map.of("logits", NpyArray.ofDoubles(logs(PROBABILITIES), 8, 3), "labels", NpyArray.ofInts(LABELS, 8)));

        assertThat(run(file.toString()))
                .contains("8 samples, 3 classes, 1 members")
                .contains("0.750000   0.590175   0.363350   0.283750")
                .contains("mean-KLD");
    }

    @Test
    void badFiles_areRefusedWithOneMessage() {
        NpyArray logits = NpyArray.ofDoubles(logs(PROBABILITIES), 8, 3);
        NpyArray labels = NpyArray.ofInts(LABELS, 8);
        assertRefused(Map.of("labels", labels), "no array 'logits'");
        assertRefused(Map.of("logits", NpyArray.ofDoubles(new double[3], 3), "labels", labels), "[samples, classes]");
        assertRefused(
                Map.of("logits", logits, "labels", NpyArray.ofInts(new int[7], 7)), "one label for each of the 8");
        assertRefused(Map.of("logits", logits, "labels", NpyArray.ofDoubles(new double[8], 8)), "must be integers");
        assertRefused(Map.of("logits", logits, "labels", NpyArray.ofInts(new int[] {0, 1, 1, 2, 0, 3, 2, 0}, 8)), "3");
        assertRefused(Map.of("logits", NpyArray.ofDoubles(new double[0], 0, 8, 3), "labels", labels), "is empty");
        assertRefused(Map.of("logits", logits, "labels", labels, "validation_logits", logits), "go together");
        assertRefused(
                Map.of(
                        "logits",
                        logits,
                        "labels",
                        labels,
                        "validation_logits",
                        NpyArray.ofDoubles(new double[16], 8, 2),
                        "validation_labels",
                        NpyArray.ofInts(new int[8], 8)),
                "the same models");
        double[] infinite = logs(PROBABILITIES);
        infinite[4] = Double.NaN;
        assertRefused(Map.of("logits", NpyArray.ofDoubles(infinite, 8, 3), "labels", labels), "finite");
    }

    private void assertRefused(Map<String, NpyArray> arrays, String reason) {
        Path file = file(arrays);
        assertThatThrownBy(() -> SavedPredictions.read(file))
                .isInstanceOf(UserMistake.class)
                .hasMessageContaining(file.toString())
                .hasMessageContaining(reason);
    }

    private static void assertScores(JsonNode scores, double accuracy, double nll, double brier, double ece) {
        assertThat(scores.get("accuracy").asDouble()).isEqualTo(accuracy);
        assertThat(scores.get("nll").asDouble()).isCloseTo(nll, within(1e-7));
        assertThat(scores.get("brier").asDouble()).isCloseTo(brier, within(1e-5));
        assertThat(scores.get("ece").asDouble()).isCloseTo(ece, within(1e-5));
    }

    private static double[] logs(double[] probabilities) {
        return DoubleStream.of(probabilities).map(Math::log).toArray();
    }

    private Path file(Map<String, NpyArray> arrays) {
        Path file = directory.resolve("predictions.npz");
        Npz.write(file, new LinkedHashMap<>(arrays));
        return file;
    }

    private static JsonNode json(Path file) {
        return new JsonMapper().readTree(run(file.toString(), "--json"));
    }

    private static String run(String... arguments) {
        StringWriter out = new StringWriter();
        CommandLine line = new CommandLine(new ScoreCommand()).setOut(new PrintWriter(out));
        assertThat(line.execute(arguments)).as(Arrays.toString(arguments)).isZero();
        return out.toString();
    }
}
