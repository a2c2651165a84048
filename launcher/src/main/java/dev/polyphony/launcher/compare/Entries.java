package dev.polyphony.launcher.compare;

import dev.polyphony.datasets.Dataset;
import dev.polyphony.datasets.DatasetCatalog;
import dev.polyphony.datasets.Experiment;
import dev.polyphony.datasets.ShiftedImages;
import dev.polyphony.experiment.DatasetPart;
import dev.polyphony.experiment.EvaluationPart;
import dev.polyphony.experiment.Identities;
import dev.polyphony.experiment.Recipe;
import dev.polyphony.experiment.RecipeCatalogue;
import dev.polyphony.experiment.RecipeFile;
import dev.polyphony.launcher.LauncherMistake;
import dev.polyphony.launcher.WorkDirectory;
import dev.polyphony.launcher.report.RunScores;
import dev.polyphony.launcher.run.DownloadBar;
import dev.polyphony.launcher.run.Run;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Opens all recipes of a comparison before the first is run: a mistake in the last should not cost hours. Recipes on the
 * same images share them in memory.
 */
final class Entries {

    private final WorkDirectory work;
    private final Path data;
    private final DownloadBar bar;
    private final Map<Source, Dataset> opened = new HashMap<>();

    private Entries(WorkDirectory work, Path data, DownloadBar bar) {
        this.work = work;
        this.data = data;
        this.bar = bar;
    }

    /**
     * Opens recipes, each with several seeds of its student: its own and those after it.
     *
     * @param names of shipped recipes, or files
     * @param data where downloaded data sets lie
     * @throws LauncherMistake if two recipes cannot stand in one table
     */
    static List<Entry> open(List<String> names, int seeds, WorkDirectory work, Path data) {
        List<Recipe> recipes = read(names);
        try (DownloadBar bar = DownloadBar.onScreen()) {
            Entries entries = new Entries(work, data, bar);
            List<Entry> found = new ArrayList<>();
            for (Recipe recipe : recipes) {
                found.add(entries.open(recipe, seeds));
            }
            entries.requireDifferentRuns(found);
            entries.requireOneSplit(found);
            return found;
        }
    }

    /** Rows, and the files that services read, go by the recipes' names. */
    private static List<Recipe> read(List<String> names) {
        Map<String, String> taken = new HashMap<>();
        List<Recipe> recipes = new ArrayList<>();
        for (String name : names) {
            Recipe recipe = RecipeCatalogue.find(name);
            String before = taken.putIfAbsent(recipe.name(), name);
            if (name.equals(before)) {
                throw new LauncherMistake("recipe " + name + " is named twice: name each recipe once");
            }
            if (before != null) {
                throw new LauncherMistake("recipes " + before + " and " + name + " are both called " + recipe.name()
                        + " and could not be told apart: rename one of the files");
            }
            recipes.add(recipe);
        }
        return recipes;
    }

    private Entry open(Recipe recipe, int seeds) {
        DatasetPart part = recipe.dataset();
        Dataset dataset = opened.computeIfAbsent(
                new Source(part.name(), part.trainSamples()), unseen -> DatasetCatalog.open(part, data, bar));
        List<Experiment> experiments = new ArrayList<>();
        for (int i = 0; i < seeds; i++) {
            Recipe seeded = RecipeFile.withStudentSeed(recipe, recipe.student().seed() + i);
            experiments.add(
                    new Experiment(seeded, dataset, Identities.of(seeded, dataset.checksums(), work.imported())));
        }
        if (!experiments.stream().allMatch(this::isFinished)) {
            // The evaluator opens them itself, after hours; all seeds are shown the same ones.
            ShiftedImages.open(experiments.get(0), data, bar);
        }
        return new Entry(recipe, experiments);
    }

    private boolean isFinished(Experiment experiment) {
        return Run.isFinished(work, experiment.identities());
    }

    /** A run that stood in two rows would be counted twice where seeds are pooled. */
    private void requireDifferentRuns(List<Entry> entries) {
        Map<String, String> taken = new HashMap<>();
        for (Entry entry : entries) {
            for (Experiment experiment : entry.seeds()) {
                String run = experiment.identities().runId();
                String before = taken.put(run, entry.recipe().name());
                if (before != null) {
                    throw new LauncherMistake(
                            "recipes " + before + " and " + entry.recipe().name()
                                    + " both give run " + run
                                    + ": but for the student's seed, they differ in nothing that changes a number; name one");
                }
            }
        }
    }

    private void requireOneSplit(List<Entry> entries) {
        Map<String, String> splits = new LinkedHashMap<>();
        for (Entry entry : entries) {
            for (Experiment experiment : entry.seeds()) {
                String split = split(experiment);
                splits.putIfAbsent(split, what(experiment, entry) + " is scored on the " + split + " split");
            }
        }
        if (splits.size() > 1) {
            throw new LauncherMistake("one table shows scores on one split, but " + String.join(", ", splits.values())
                    + "; give all recipes the same evaluation.splits");
        }
    }

    private String what(Experiment experiment, Entry entry) {
        String recipe = "recipe " + entry.recipe().name();
        return isFinished(experiment)
                ? recipe + " (finished run " + experiment.identities().runId() + ")"
                : recipe;
    }

    /** A finished run has been scored as its recipe said at that time. */
    private String split(Experiment experiment) {
        if (isFinished(experiment)) {
            return RunScores.of(work, experiment).split();
        }
        boolean test = experiment.recipe().evaluation().splits().contains(EvaluationPart.Split.TEST);
        return test ? "test" : "validation";
    }

    /** What determines the images of a data set, but for their augmentation. */
    private record Source(String name, int trainSamples) {}
}
