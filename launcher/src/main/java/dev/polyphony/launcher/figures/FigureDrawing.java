package dev.polyphony.launcher.figures;

import dev.polyphony.experiment.Recipe;
import dev.polyphony.launcher.run.RunOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/**
 * Draws figures of finished runs. Everything is read, and what is missing measured, before the first file is written.
 */
public final class FigureDrawing {

    private final RunOptions options;
    private final Consumer<String> say;

    /**
     * Draws nothing yet.
     *
     * @param say prints a line
     */
    public FigureDrawing(RunOptions options, Consumer<String> say) {
        this.options = options;
        this.say = say;
    }

    /**
     * Draws every figure of some runs: each run's own, and those across runs if there are several.
     *
     * @param runs identities, beginnings of such, recipe names or recipe files
     * @param to the directory to write into
     * @throws dev.polyphony.launcher.LauncherMistake naming the first that is no finished run or is damaged
     * @throws java.util.concurrent.CancellationException if measuring was stopped
     */
    public void all(List<String> runs, Path to) {
        List<FinishedRun> found = new RunNames(options.work(), options.data()).find(runs);
        List<MeasuredRun> measured = new Measurements(options, say).of(found);
        List<FigureSection> sections = new ArrayList<>();
        if (measured.size() > 1) {
            sections.add(across(measured));
        }
        sections.addAll(own(measured));
        if (measured.size() == 1) {
            sections.get(0)
                    .leaveOut(
                            "Jacobian ROC",
                            "it sets a distilled run against one trained from scratch with the"
                                    + " same ensemble (objective cross-entropy); name both");
        }
        Path page = write(new Gallery(sections), to);
        if (measured.size() > 1) {
            write(FigureNumbers.of(MethodRuns.of(measured)), page);
        }
    }

    /**
     * Draws the figures that set runs side by side, seeds pooled, and some runs' own.
     *
     * @param runs finished runs
     * @param to the directory to write into
     * @return the page that shows them
     * @throws java.util.concurrent.CancellationException if measuring was stopped
     */
    public Path across(List<RunOfRecipe> runs, Path to) {
        List<FinishedRun> found = runs.stream()
                .map(run -> FinishedRun.read(options.work(), run.runId()).as(run.recipe()))
                .toList();
        List<MeasuredRun> measured = new Measurements(options, say).of(found);
        List<FigureSection> sections = new ArrayList<>(List.of(across(measured)));
        sections.addAll(own(IntStream.range(0, runs.size())
                .filter(i -> runs.get(i).own())
                .mapToObj(measured::get)
                .toList()));
        Path page = write(new Gallery(sections), to);
        write(FigureNumbers.of(MethodRuns.of(measured)), page);
        return page;
    }

    /**
     * A run and the recipe that it is of.
     *
     * @param recipe whose name the figures show
     * @param runId its identity with the data set at hand
     * @param own whether its own figures are drawn, beside those that set it against others
     */
    public record RunOfRecipe(Recipe recipe, String runId, boolean own) {}

    private List<FigureSection> own(List<MeasuredRun> runs) {
        Set<String> taken = new HashSet<>();
        List<FigureSection> sections = new ArrayList<>();
        try (StreamImages images = new StreamImages(options)) {
            for (MeasuredRun run : runs) {
                FigureSection section = section(run.run(), taken);
                DiversityFigures.ofRun(run, section);
                ReliabilityFigures.ofRun(run, section);
                CorruptionFigures.ofRun(run, section);
                EntropyFigures.ofRun(run, section);
                GradientFigures.ofRun(run, section);
                TrainingFigures.ofRun(run, section);
                images.add(run, section);
                sections.add(section);
            }
        }
        return sections;
    }

    private static FigureSection across(List<MeasuredRun> measured) {
        List<MethodRuns> methods = MethodRuns.of(measured);
        FigureSection section = new FigureSection("Runs side by side", legend(methods), "");
        DiversityFigures.across(methods, section);
        CorruptionFigures.across(methods, section);
        EntropyFigures.across(methods, section);
        JacobianFigures.across(methods, section);
        return section;
    }

    private static String legend(List<MethodRuns> methods) {
        List<String> texts = new ArrayList<>();
        for (MethodRuns method : methods) {
            List<String> ids =
                    method.runs().stream().map(run -> run.run().runId()).toList();
            texts.add(method.name() + ": " + (ids.size() == 1 ? "run " : "runs ") + String.join(", ", ids));
        }
        return String.join("; ", texts) + ".";
    }

    /** Two runs whose recipes have one name are told apart by their identities. */
    private static FigureSection section(FinishedRun run, Set<String> taken) {
        String name = FileName.of(run.name());
        String directory = taken.add(name) ? name : run.runId();
        return new FigureSection(run.name(), "Run " + run.runId() + ", ensemble " + run.ensembleId() + ".", directory);
    }

    private Path write(Gallery gallery, Path to) {
        Path page = gallery.write(to.toAbsolutePath().normalize());
        for (FigureSection section : gallery.sections()) {
            section.leftOut().forEach(reason -> say.accept("left out of " + section.title() + ": " + reason));
        }
        say.accept("figures " + page + " (" + gallery.count() + " figures, each as PNG and SVG)");
        return page;
    }

    private void write(FigureNumbers numbers, Path page) {
        Path file = page.resolveSibling("numbers.csv");
        try {
            Files.writeString(file, numbers.csv());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + file, e);
        }
        numbers.terminal().lines().forEach(say);
        say.accept("numbers " + file);
    }
}
