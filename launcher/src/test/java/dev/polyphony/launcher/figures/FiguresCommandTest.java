package dev.polyphony.launcher.figures;

import static org.assertj.core.api.Assertions.assertThat;

import dev.polyphony.datasets.Experiment;
import dev.polyphony.launcher.Polyphony;
import dev.polyphony.launcher.WorkDirectory;
import dev.polyphony.launcher.report.Shift;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class FiguresCommandTest {

    private static final String KD = "aaaaaaaaaaa1";
    private static final String KD_2 = "aaaaaaaaaaa2";
    private static final String SCRATCH = "bbbbbbbbbbbb";

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir
    private Path directory = Path.of("");

    private WorkDirectory work = new WorkDirectory(Path.of(""));
    private StoredRuns runs = new StoredRuns(work);

    @BeforeEach
    void layOut() throws IOException {
        work = new WorkDirectory(directory.resolve("work"));
        runs = new StoredRuns(work);
        runs.add(KD, "kd-seed-1", "ONE_TO_ONE", 1);
    }

    @Test
    void oneRun_hasEveryFigureThatItsRecipeAsksFor() throws IOException {
        assertThat(execute(KD)).isZero();

        assertThat(files())
                .containsExactlyInAnyOrder(
                        "index.html",
                        "kd-seed-1/diversity.png",
                        "kd-seed-1/diversity.svg",
                        "kd-seed-1/reliability-student.png",
                        "kd-seed-1/reliability-student.svg",
                        "kd-seed-1/reliability-teachers.png",
                        "kd-seed-1/reliability-teachers.svg",
                        "kd-seed-1/signal-to-noise.png",
                        "kd-seed-1/signal-to-noise.svg",
                        "kd-seed-1/training.png",
                        "kd-seed-1/training.svg");
        assertThat(text("kd-seed-1/diversity.svg"))
                .contains("teachers, train, ODS (mean-KLD", "student, test (mean-KLD");
        assertThat(text("kd-seed-1/reliability-student.svg")).contains("student, before (T = 1)", "student, after (T");
        assertThat(text("kd-seed-1/signal-to-noise.svg")).contains("Gaussian (mean 0.2500)", "ODS (mean 0.6500)");
        assertThat(text("index.html"))
                .contains("src=\"kd-seed-1/training.png\"", "href=\"kd-seed-1/training.svg\"", "Run " + KD)
                .contains("Left out: Jacobian ROC: it sets a distilled run against one trained from scratch")
                .contains("Left out: corruptions: the recipe asks for no corruptions")
                .contains("perturbed with step size 1/255", "draws of the perturbation each, of step size 1/255");
        assertThat(out.toString()).contains("index.html (5 figures, each as PNG and SVG)");
    }

    @Test
    void anExternalGuide_isNamed() throws IOException {
        runs.addGuided(KD_2, "guided");

        assertThat(execute(KD_2)).isZero();

        assertThat(text("guided/diversity.svg")).contains("teachers, train, ODS, external teacher (mean-KLD");
        assertThat(text("guided/signal-to-noise.svg")).contains(">ODS, external teacher (mean");
        assertThat(text("index.html")).contains("step size 1.5/255");
    }

    @Test
    void severalRuns_areAlsoSetSideBySide_withSeedsPooled() throws IOException {
        runs.add(KD_2, "kd-seed-2", "ONE_TO_ONE", 2);
        runs.add(SCRATCH, "scratch", "CROSS_ENTROPY", 1);
        for (String run : List.of(KD, KD_2, SCRATCH)) {
            runs.addShift(run);
        }

        assertThat(execute(KD, KD_2, SCRATCH)).isZero();

        assertThat(files())
                .contains("jacobian-roc.png", "diversity-students.svg", "corruptions.png", "corruptions-calibrated.png")
                .contains("entropy-in.png", "entropy-out-rotated.png", "kd-seed-2/entropy-rotated.png")
                .contains("kd-seed-1/corruptions.svg", "scratch/training.png");
        // Positives 0.40 to 0.78, negatives 0.10 to 0.48, both in steps of 0.02: of 400 pairs 385 in order and 5 ties.
        assertThat(text("jacobian-roc.svg")).contains("kd (area 0.969)").doesNotContain("scratch");
        assertThat(text("corruptions.svg")).contains(">kd<", ">scratch<");
        assertThat(text("numbers.csv")).contains("kd," + KD_2 + ",2,Jacobian AUC,0.96875");
        assertThat(out.toString()).contains("kd", "0.9688 \u00b1 0.0000");
        assertThat(text("index.html")).contains("kd: runs " + KD + ", " + KD_2 + "; scratch: run " + SCRATCH);
    }

    @Test
    void withoutARunFromScratch_oneLineSaysWhyThereIsNoCurve() throws IOException {
        runs.add(KD_2, "kd-seed-2", "ONE_TO_ONE", 2);

        assertThat(execute(KD, KD_2)).isZero();

        assertThat(out.toString().lines().filter(line -> line.contains("Jacobian ROC")))
                .containsExactly("left out of Runs side by side: Jacobian ROC: none of the runs with ensemble "
                        + StoredRuns.ENSEMBLE
                        + " is trained from scratch (objective cross-entropy), to tell the others from");
        assertThat(files()).contains("diversity-students.png").doesNotContain("jacobian-roc.png");
    }

    @Test
    void beginnings_nameARun_unlessTheyFitSeveral() throws IOException {
        runs.add(KD_2, "kd-seed-2", "ONE_TO_ONE", 2);

        assertRefused("the beginning aaaa fits 2 runs: " + KD + ", " + KD_2, "aaaa");
        assertThat(execute("aaaaaaaaaaa2")).isZero();
    }

    @Test
    void whatIsNoFinishedRun_isNamed() throws IOException {
        assertRefused("there is no run 'cafe'", "cafe");
        assertRefused("there is no run ''", "");
        assertRefused("recipe tiny has not been run in", "tiny");
        assertRefused("there is no recipe file other.yaml", "other.yaml");
        Files.delete(work.run(KD, "summary.json"));
        assertRefused("run " + KD + " is not finished", KD);
    }

    @Test
    void damagedFiles_areNamed_andNothingIsWritten() throws IOException {
        damage(Analysis.FILE, "{\"modelSha256\": \"\"", Analysis.FILE + " is damaged");
        damage(Analysis.FILE, "{\"modelSha256\": \"\"}", "diversity is missing");
        damage(Analysis.FILE, "null", "it holds nothing; delete it");
        damage(Shift.FILE, "[1]", Shift.FILE + " is damaged");
        damage("curves.jsonl", "{\"step\": 0", "curves.jsonl is damaged");
        damage("evaluations/step-00000517.json", "{}", "step-00000517.json is damaged");
        String analysis = Files.readString(work.run(KD, Analysis.FILE));
        damage(
                Analysis.FILE,
                analysis.replaceAll("\"q3\":[0-9.]+", "\"q3\":-1.0"),
                "the figure diversity of kd-seed-1 cannot be drawn");
    }

    @Test
    void whatIsNotMeasured_needsTheRecipeToGiveTheSameRun() throws IOException {
        Files.delete(work.run(KD, Analysis.FILE));

        assertRefused("run " + KD + " (kd-seed-1) cannot be measured", KD);
    }

    @Test
    void whatIsNotMeasured_isMeasuredByTheEvaluator() throws IOException {
        String id = Experiment.open("tiny", work.data()).identities().runId();
        runs.add(id, "tiny", "ONE_TO_ONE", 1);
        Files.delete(work.run(id, Analysis.FILE));

        // Here nothing has been packed, so that it gets as far as starting it.
        assertRefused("evaluator has not been built", "tiny");
        assertThat(out.toString()).contains("run " + id + " (tiny) has no analysis.json yet: measuring");
    }

    @Test
    void hostileNames_stayInTheDirectory() throws IOException {
        runs.add("cccccccccccc", "../../<b>out</b>", "ONE_TO_ONE", 1);

        assertThat(execute("cccc")).isZero();

        assertThat(files()).contains("--..--b-out--b-/training.png");
        assertThat(text("index.html")).contains("../../&lt;b&gt;out&lt;/b&gt;").doesNotContain("<b>");
    }

    private void damage(String file, String text, String message) throws IOException {
        Path damaged = work.run(KD, file);
        byte[] before = Files.exists(damaged) ? Files.readAllBytes(damaged) : null;
        Files.writeString(damaged, text);
        assertRefused(message, KD);
        if (before == null) {
            Files.delete(damaged);
        } else {
            Files.write(damaged, before);
        }
    }

    private void assertRefused(String message, String... names) {
        err.getBuffer().setLength(0);
        assertThat(execute(names)).isEqualTo(2);
        assertThat(err.toString()).contains(message).doesNotContain("\tat ");
        assertThat(directory.resolve("figures")).doesNotExist();
    }

    private int execute(String... names) {
        List<String> arguments = new ArrayList<>(List.of("figures"));
        arguments.addAll(List.of(names));
        arguments.addAll(List.of(
                "--work",
                work.root().toString(),
                "--to",
                directory.resolve("figures").toString()));
        CommandLine line = Polyphony.commandLine();
        return line.setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(arguments.toArray(String[]::new));
    }

    private List<String> files() throws IOException {
        Path figures = directory.resolve("figures");
        try (Stream<Path> files = Files.walk(figures)) {
            return files.filter(Files::isRegularFile)
                    .map(file -> figures.relativize(file).toString())
                    .toList();
        }
    }

    private String text(String file) throws IOException {
        return Files.readString(directory.resolve("figures").resolve(file));
    }
}
