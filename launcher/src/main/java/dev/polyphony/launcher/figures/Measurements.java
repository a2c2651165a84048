package dev.polyphony.launcher.figures;

import dev.polyphony.datasets.Dataset;
import dev.polyphony.datasets.DatasetCatalog;
import dev.polyphony.experiment.EvaluationPart;
import dev.polyphony.experiment.Identities;
import dev.polyphony.experiment.Recipe;
import dev.polyphony.experiment.RecipeFile;
import dev.polyphony.launcher.LauncherMistake;
import dev.polyphony.launcher.WorkDirectory;
import dev.polyphony.launcher.report.JsonDocument;
import dev.polyphony.launcher.report.Shift;
import dev.polyphony.launcher.run.Analyses;
import dev.polyphony.launcher.run.DownloadBar;
import dev.polyphony.launcher.run.RunOptions;
import dev.polyphony.launcher.run.RunRequest;
import dev.polyphony.models.store.DirectoryModelStore;
import dev.polyphony.models.store.StoredFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What the evaluator has measured of runs for figures, or measures now because it is not there. */
final class Measurements {

    private final RunOptions options;
    private final WorkDirectory work;
    private final Consumer<String> say;

    Measurements(RunOptions options, Consumer<String> say) {
        this.options = options;
        this.work = options.work();
        this.say = say;
    }

    /**
     * The measurements of runs.
     *
     * @throws LauncherMistake if a document is damaged
     * @throws java.util.concurrent.CancellationException if measuring was stopped
     */
    List<MeasuredRun> of(List<FinishedRun> runs) {
        List<RunRequest> missing = new ArrayList<>();
        for (FinishedRun run : runs) {
            String what = missing(run);
            if (!what.isEmpty()) {
                say.accept("run " + run.runId() + " (" + run.name() + ") has no " + what + " yet: measuring");
                missing.add(request(run));
            }
        }
        if (!missing.isEmpty()) {
            Analyses.execute(missing);
        }
        return runs.stream().map(this::read).toList();
    }

    private String missing(FinishedRun run) {
        Analysis analysis = find(analysis(run), Analysis.class);
        if (analysis == null || isOld(run, analysis.modelSha256())) {
            return Analysis.FILE;
        }
        EvaluationPart evaluation = run.recipe().evaluation();
        Shift shift = find(shift(run), Shift.class);
        Shift teachers = find(teachersShift(run), Shift.class);
        boolean there = shift != null
                && teachers != null
                && !isOld(run, shift.modelSha256())
                && shift.covers(evaluation)
                && teachers.covers(evaluation);
        return there || !evaluation.shifts() ? "" : Shift.FILE;
    }

    /** Whether it is of another student than the store has now; without one there is nothing to measure again. */
    private boolean isOld(FinishedRun run, String sha256) {
        Optional<StoredFile> student =
                new DirectoryModelStore(work.store()).find("runs/" + run.runId() + "/student.safetensors");
        return student.isPresent() && !student.get().sha256().equals(sha256);
    }

    /** The evaluator reads recipes from files. */
    private RunRequest request(FinishedRun run) {
        Recipe recipe = run.recipe();
        String now = identityNow(recipe);
        if (!now.equals(run.runId())) {
            throw new LauncherMistake("run " + run.runId() + " (" + run.name()
                    + ") cannot be measured: with this version, or these files of the data set, its recipe is run "
                    + now + "; run it again");
        }
        Path file =
                work.root().resolve("recipes/measured").resolve(run.runId()).resolve(FileName.of(run.name()) + ".yaml");
        try {
            Files.createDirectories(file.getParent());
            Files.writeString(file, RecipeFile.write(recipe));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + file, e);
        }
        return options.request(file.toString());
    }

    private String identityNow(Recipe recipe) {
        try (DownloadBar bar = DownloadBar.onScreen()) {
            Dataset dataset = DatasetCatalog.open(recipe.dataset(), options.data(), bar);
            return Identities.of(recipe, dataset.checksums(), work.imported()).runId();
        }
    }

    private MeasuredRun read(FinishedRun run) {
        Analysis analysis = find(analysis(run), Analysis.class);
        if (analysis == null) {
            throw new LauncherMistake("run " + run.runId() + " has no " + Analysis.FILE + ", although it was measured;"
                    + " the log is " + work.log("analyse"));
        }
        return new MeasuredRun(run, analysis, find(shift(run), Shift.class), find(teachersShift(run), Shift.class));
    }

    private Path analysis(FinishedRun run) {
        return work.run(run.runId(), Analysis.FILE);
    }

    private Path shift(FinishedRun run) {
        return work.run(run.runId(), Shift.FILE);
    }

    private Path teachersShift(FinishedRun run) {
        return work.store().resolve("ensembles").resolve(run.ensembleId()).resolve(Shift.FILE);
    }

    private static <T> @Nullable T find(Path file, Class<T> type) {
        if (!Files.isRegularFile(file)) {
            return null;
        }
        try {
            return JsonDocument.parse(file, Files.readString(file), type);
        } catch (LauncherMistake damaged) {
            throw new LauncherMistake(damaged.getMessage() + "; delete it, and the same command measures it again");
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file, e);
        }
    }
}
