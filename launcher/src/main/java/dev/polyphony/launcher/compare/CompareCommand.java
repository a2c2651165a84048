package dev.polyphony.launcher.compare;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.polyphony.datasets.Experiment;
import dev.polyphony.experiment.Recipe;
import dev.polyphony.experiment.RecipeFile;
import dev.polyphony.launcher.LauncherMistake;
import dev.polyphony.launcher.WorkDirectory;
import dev.polyphony.launcher.figures.FigureDrawing;
import dev.polyphony.launcher.figures.FigureDrawing.RunOfRecipe;
import dev.polyphony.launcher.report.Report;
import dev.polyphony.launcher.report.RunScores;
import dev.polyphony.launcher.report.RunScores.ModelScores;
import dev.polyphony.launcher.run.Run;
import dev.polyphony.launcher.run.RunCommand;
import dev.polyphony.launcher.run.RunOptions;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code polyphony compare}: several recipes over several seeds, in one table. */
@Command(
        name = "compare",
        mixinStandardHelpOptions = true,
        description = {
            "Run what is missing of several recipes, each with several seeds of its student, and compare the scores:",
            "mean and standard deviation over seeds, the best student of each column marked.",
            "Recipes that agree in ensemble or stream share them. Stopped, the same command goes on.",
            "The figures that set recipes side by side, and those of each recipe's first seed, are drawn beside the table."
        })
public final class CompareCommand implements Callable<Integer> {

    private static final int MOST_SEEDS = 100;

    @Parameters(paramLabel = "RECIPE", arity = "1..*", description = "Names from 'polyphony recipes', or YAML files.")
    private List<String> recipes = List.of();

    @Option(
            names = "--seeds",
            paramLabel = "N",
            defaultValue = "3",
            description = "Students of each recipe: its own seed and the N-1 after it; ${DEFAULT-VALUE} otherwise.")
    private int seeds;

    @Option(
            names = "--to",
            paramLabel = "DIR",
            description = "Where the table is written; comparison in the work directory otherwise.")
    private @Nullable Path to;

    @Option(names = "--no-figures", description = "Write the table alone, and measure nothing for figures.")
    private boolean noFigures;

    @Mixin
    private RunOptions options = new RunOptions();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        if (seeds < 1 || seeds > MOST_SEEDS) {
            throw new LauncherMistake("--seeds takes a number from 1 to " + MOST_SEEDS + ", not " + seeds);
        }
        List<Entry> entries = Entries.open(recipes, seeds, options.work(), options.data());
        Comparison.Builder comparison = new Comparison.Builder();
        List<RunOfRecipe> runs = new ArrayList<>();
        try {
            for (Entry entry : entries) {
                boolean first = true;
                for (Experiment experiment : entry.seeds()) {
                    run(experiment);
                    add(comparison, entry.recipe(), experiment);
                    runs.add(new RunOfRecipe(
                            experiment.recipe(), experiment.identities().runId(), first));
                    first = false;
                }
            }
            ComparisonText text = new ComparisonText(comparison.build());
            write(text);
            if (!noFigures) {
                // After the table, which nothing that goes wrong here can take away.
                Path page = new FigureDrawing(options, this::say)
                        .across(runs, directory().resolve("figures"));
                writePage(text, "figures/" + page.getFileName());
            }
        } catch (CancellationException stopped) {
            return RunCommand.STOPPED;
        }
        return 0;
    }

    private void run(Experiment experiment) {
        WorkDirectory work = options.work();
        String file = keep(experiment.recipe()).toString();
        Run.execute(options.request(file), experiment, (outcome, say) -> {
            Path report = Report.of(work, outcome.experiment()).write(outcome.cluster());
            say.accept("report " + report);
        });
    }

    private void add(Comparison.Builder comparison, Recipe recipe, Experiment experiment) {
        RunScores scores = RunScores.of(options.work(), experiment);
        ModelScores ensemble = scores.ensemble();
        if (ensemble != null) {
            comparison.ensemble(
                    experiment.identities().ensembleId(),
                    "deep ensemble of " + recipe.ensemble().size() + " "
                            + recipe.ensemble().networks(),
                    NetworkSize.ofEnsemble(experiment),
                    ensemble);
        }
        comparison.student(recipe.name(), NetworkSize.ofStudent(experiment), scores.split(), scores.student());
    }

    /** The services read recipes from files. */
    private Path keep(Recipe recipe) {
        Path file = options.work().root().resolve("recipes").resolve(recipe.name() + ".yaml");
        replace(file, RecipeFile.write(recipe));
        return file;
    }

    private void write(ComparisonText text) {
        PrintWriter out = spec.commandLine().getOut();
        out.println();
        out.print(text.terminal());
        Path directory = directory();
        replace(directory.resolve("table.md"), text.markdown());
        replace(directory.resolve("table.csv"), text.csv());
        writePage(text, null);
        out.println("table  " + directory.resolve("table.md").toAbsolutePath() + " (.csv, .html)");
        out.flush();
    }

    private void writePage(ComparisonText text, @Nullable String figures) {
        replace(directory().resolve("table.html"), new ComparisonPage(text).toHtml(figures));
    }

    private Path directory() {
        return to == null ? options.work().root().resolve("comparison") : to;
    }

    private void say(String line) {
        PrintWriter out = spec.commandLine().getOut();
        out.println(line);
        out.flush();
    }

    private static void replace(Path file, String text) {
        Path unfinished = file.resolveSibling("." + file.getFileName() + ".part");
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            Files.writeString(unfinished, text, UTF_8);
            Files.move(unfinished, file, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + file, e);
        }
    }
}
