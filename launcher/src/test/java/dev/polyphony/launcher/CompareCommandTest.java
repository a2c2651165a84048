package dev.polyphony.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import dev.polyphony.datasets.Experiment;
import dev.polyphony.experiment.Identities;
import dev.polyphony.experiment.ImportedEnsembles;
import dev.polyphony.experiment.Recipe;
import dev.polyphony.experiment.RecipeCatalogue;
import dev.polyphony.experiment.RecipeFile;
import dev.polyphony.launcher.figures.StoredRuns;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Mistakes are found before anything is run, and finished runs are compared without a broker. */
class CompareCommandTest {

    private static final String TINY = RecipeCatalogue.yaml("tiny");

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir
    private Path directory = Path.of("");

    private WorkDirectory work = new WorkDirectory(Path.of(""));

    @BeforeEach
    void layOut() {
        work = new WorkDirectory(directory.resolve("work"));
    }

    @Test
    void aMistakeInTheLastRecipe_stopsBeforeTheFirst() throws IOException {
        assertRefused("did you mean tiny?", "tiny", "tiney");
        assertRefused(
                "data set fashion-mnist-small has",
                "tiny",
                recipe("much.yaml", TINY.replace("trainSamples: 256", "trainSamples: 2000000")));
        assertRefused(
                "out-of-distribution set 'svhn'",
                "tiny",
                recipe("foreign.yaml", TINY.replace("outOfDistribution: []", "outOfDistribution: [svhn]")));
        String training = TINY.substring(TINY.indexOf("ensemble:"), TINY.indexOf("stream:"));
        assertRefused(
                "nowhere",
                "tiny",
                recipe("imported.yaml", TINY.replace(training, "ensemble:\n  imported: nowhere\n  size: 2\n")));
    }

    @Test
    void recipesThatCouldNotBeToldApart_areMistakes() throws IOException {
        String kd = recipe("a/kd.yaml", TINY);
        String other = recipe("b/kd.yaml", TINY.replace("stepSize: 1.0", "stepSize: 2.0"));
        String copy = recipe("copy.yaml", TINY.replace("  seed: 1\nevaluation", "  seed: 2\nevaluation"));

        assertRefused("recipe tiny is named twice", "tiny", "tiny");
        assertRefused("recipes " + kd + " and " + other + " are both called kd and could not be told apart", kd, other);
        assertRefused("recipes kd and copy both give run ", kd, copy);
    }

    @Test
    void scoresOnDifferentSplits_areMistakes() throws IOException {
        String kd = recipe("kd.yaml", TINY);
        String validation = recipe(
                "untested.yaml",
                TINY.replace("[validation, test]", "[validation]").replace("stepSize: 1.0", "stepSize: 2.0"));

        assertRefused(
                "recipe kd is scored on the test split, recipe untested is scored on the validation split",
                kd,
                validation);
        // It was scored when it was run; what its recipe says since then changes nothing.
        Experiment finished = seeds(validation, 1).get(0);
        new StoredRuns(work).add(finished, 0.8);
        String other = recipe("other.yaml", TINY.replace("[validation, test]", "[validation]"));
        assertThat(execute("--seeds", "1", validation, other)).isEqualTo(2);
        assertThat(err.toString())
                .contains("recipe untested (finished run "
                        + finished.identities().runId() + ") is scored on the test split, recipe other is scored on");
    }

    @Test
    void impossibleNumbersOfSeeds_areMistakes() {
        assertThat(execute("tiny", "--seeds", "0")).isEqualTo(2);
        assertThat(execute("tiny", "--seeds", "101")).isEqualTo(2);
        assertThat(execute("tiny", "--seeds", "many")).isEqualTo(2);
        assertThat(err.toString()).contains("--seeds takes a number from 1 to 100, not 0", "not 101", "many");
    }

    @Test
    void finishedRuns_areComparedWithoutABroker_andEveryCallGivesTheSame() throws IOException {
        String kd = finished("kd.yaml", TINY, 0.80, 0.84);
        String scratch =
                finished("scratch.yaml", TINY.replace("objective: one-to-one", "objective: cross-entropy"), 0.70, 0.70);

        assertThat(execute("--seeds", "2", kd, scratch)).as(err.toString()).isZero();

        // A member by hand: convolutions 4,644, normalisation 120, linear 170; for the student, 131 for each of two
        // subnetworks, and 10 biases.
        assertThat(text("table.md").lines())
                .hasSize(7)
                .anyMatch(line -> line.startsWith("| deep ensemble of 2 resnet-8 | 9.9k | 0.8895 | 0.3180 |"))
                .anyMatch(
                        line -> line.startsWith("| kd | 5.2k | **0.8200 \u00b1 0.0283** | **0.3599 \u00b1 0.0000** |"))
                .anyMatch(line -> line.startsWith("| scratch | 5.2k | 0.7000 \u00b1 0.0000 |"));
        assertThat(text("table.csv").lines())
                .contains("deep ensemble of 2 resnet-8,test,parameters,,9868,", "kd,test,parameters,,5206,")
                .anyMatch(line -> line.matches("kd,test,ACC,2,0\\.820*1?,0\\.02828\\d*"))
                .contains("scratch,test,ACC,2,0.7,0.0");
        assertThat(text("table.html"))
                .contains("<td>kd</td><td>5.2k</td><td><b>0.8200 \u00b1 0.0283</b></td>")
                .contains("over 2 seeds of the student", "href=\"figures/index.html\"");
        assertThat(out.toString()).contains("* marks the best mean", "0.8200 \u00b1 0.0283*");
        assertThat(files())
                .contains("figures/jacobian-roc.png", "figures/diversity-students.svg")
                .contains("figures/kd-seed-1/diversity.png", "figures/kd-seed-1/reliability-student.png")
                .contains("figures/scratch-seed-1/training.png", "figures/scratch-seed-1/signal-to-noise.png")
                .noneMatch(file -> file.contains("seed-2"));
        Map<String, String> before = pages();

        assertThat(execute("--seeds", "2", kd, scratch)).isZero();

        assertThat(pages()).isEqualTo(before);
        assertThat(work.kafka()).doesNotExist();
    }

    @Test
    void withoutFigures_thePageHasNoLink() throws IOException {
        String kd = finished("kd.yaml", TINY, 0.80);

        assertThat(execute("--seeds", "1", "--no-figures", kd))
                .as(err.toString())
                .isZero();

        assertThat(text("table.html")).contains("of one seed of each student").doesNotContain("href", "\u00b1");
        assertThat(files()).containsExactlyInAnyOrder("table.md", "table.csv", "table.html");
    }

    /** A recipe file whose seeds have all been run, with these accuracies. */
    private String finished(String name, String yaml, double... accuracies) throws IOException {
        String file = recipe(name, yaml);
        StoredRuns runs = new StoredRuns(work);
        List<Experiment> seeds = seeds(file, accuracies.length);
        for (int i = 0; i < accuracies.length; i++) {
            runs.add(seeds.get(i), accuracies[i]);
        }
        return file;
    }

    private List<Experiment> seeds(String file, int count) {
        Experiment own = Experiment.open(file, work.data());
        List<Experiment> seeds = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Recipe seeded = RecipeFile.withStudentSeed(own.recipe(), 1 + i);
            seeds.add(new Experiment(
                    seeded, own.dataset(), Identities.of(seeded, own.dataset().checksums(), ImportedEnsembles.NONE)));
        }
        return seeds;
    }

    private String recipe(String name, String yaml) throws IOException {
        Path file = directory.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, yaml);
        return file.toString();
    }

    private void assertRefused(String message, String... arguments) {
        err.getBuffer().setLength(0);
        assertThat(execute(arguments)).isEqualTo(2);
        assertThat(err.toString()).contains(message).doesNotContain("\tat ");
        assertThat(work.root()).doesNotExist();
    }

    private int execute(String... arguments) {
        List<String> all = new ArrayList<>(List.of(
                "compare",
                "--work",
                work.root().toString(),
                "--to",
                directory.resolve("comparison").toString()));
        all.addAll(List.of(arguments));
        return Polyphony.commandLine()
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(all.toArray(String[]::new));
    }

    private Map<String, String> pages() throws IOException {
        Map<String, String> pages = new TreeMap<>();
        for (String file : files()) {
            if (!file.endsWith(".png")) {
                pages.put(file, text(file));
            }
        }
        return pages;
    }

    private List<String> files() throws IOException {
        Path comparison = directory.resolve("comparison");
        try (Stream<Path> files = Files.walk(comparison)) {
            return files.filter(Files::isRegularFile)
                    .map(file -> comparison.relativize(file).toString())
                    .toList();
        }
    }

    private String text(String file) throws IOException {
        return Files.readString(directory.resolve("comparison").resolve(file));
    }
}
