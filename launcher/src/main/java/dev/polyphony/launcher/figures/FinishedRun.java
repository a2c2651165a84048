package dev.polyphony.launcher.figures;

import dev.polyphony.experiment.InvalidRecipeException;
import dev.polyphony.experiment.Recipe;
import dev.polyphony.experiment.RecipeFile;
import dev.polyphony.experiment.StudentPart;
import dev.polyphony.launcher.LauncherMistake;
import dev.polyphony.launcher.WorkDirectory;
import dev.polyphony.launcher.report.Evaluation;
import dev.polyphony.launcher.report.RecipeText;
import dev.polyphony.launcher.report.RunFacts;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * A finished run, as its own files tell of it: no data set and no recipe file is needed.
 *
 * @param runId its identity
 * @param ensembleId that of its teachers
 * @param streamId that of what it learnt from
 * @param recipe what was done, under the name by which it is shown, and what the user wants scored
 * @param facts its scores
 */
record FinishedRun(String runId, String ensembleId, String streamId, Recipe recipe, RunFacts facts) {

    /**
     * Reads a run.
     *
     * @throws LauncherMistake if it is not finished, or a file of it is damaged
     */
    static FinishedRun read(WorkDirectory work, String runId) {
        if (!Files.isRegularFile(work.run(runId, "summary.json"))) {
            throw new LauncherMistake(
                    "run " + runId + " is not finished: run its recipe again, which goes on where it stopped");
        }
        Path directory = work.run(runId, "evaluations");
        List<Evaluation> checkpoints = RunFacts.checkpoints(directory);
        if (checkpoints.isEmpty()) {
            throw new LauncherMistake("run " + runId + " is damaged: there are no scores in " + directory);
        }
        JsonNode provenance = checkpoints.get(0).provenance();
        String ensembleId = identity(provenance, "ensembleId", directory);
        String streamId = identity(provenance, "streamId", directory);
        Recipe recipe = recipe(provenance.path("recipe"), directory);
        try {
            RunFacts facts = RunFacts.read(work.store(), ensembleId, runId);
            facts.student();
            return new FinishedRun(runId, ensembleId, streamId, recipe, facts);
        } catch (IllegalStateException incomplete) {
            throw new LauncherMistake("run " + runId + " is damaged: " + incomplete.getMessage());
        }
    }

    private static String identity(JsonNode provenance, String name, Path where) {
        String identity = provenance.path("identities").path(name).asString("");
        if (!identity.matches("[0-9a-f]+")) {
            throw new LauncherMistake("the scores in " + where + " are damaged: their provenance has no " + name);
        }
        return identity;
    }

    private static Recipe recipe(JsonNode recipe, Path where) {
        try {
            return RecipeFile.parse(recipe.path("name").asString(""), RecipeText.of(recipe));
        } catch (InvalidRecipeException damaged) {
            throw new LauncherMistake(
                    "the scores in " + where + " name no recipe that this version reads: " + damaged.getMessage());
        }
    }

    /** The same, shown and scored as a recipe of the same identity says. */
    FinishedRun as(Recipe asked) {
        return new FinishedRun(runId, ensembleId, streamId, asked, facts);
    }

    /** What a reader knows it by. */
    String name() {
        return recipe.name().isBlank() ? runId : recipe.name();
    }

    /** What it is called together with the runs that differ from it in the student's seed alone. */
    String method() {
        String seed = "-seed-" + recipe.student().seed();
        return name().endsWith(seed) && name().length() > seed.length()
                ? name().substring(0, name().length() - seed.length())
                : name();
    }

    /** What it has in common with those. */
    Setup setup() {
        return new Setup(streamId, RecipeFile.withStudentSeed(recipe, 0).student());
    }

    /** Whether its student has learnt from its teachers. */
    boolean distilled() {
        return recipe.student().objective() != StudentPart.Objective.CROSS_ENTROPY;
    }

    /**
     * Everything but the student's seed.
     *
     * @param streamId what is learnt from
     * @param student what learns, seed 0 in place of its own
     */
    record Setup(String streamId, StudentPart student) {}
}
