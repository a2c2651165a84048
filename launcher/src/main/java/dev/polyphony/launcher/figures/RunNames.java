package dev.polyphony.launcher.figures;

import dev.polyphony.datasets.Experiment;
import dev.polyphony.experiment.RecipeCatalogue;
import dev.polyphony.launcher.LauncherMistake;
import dev.polyphony.launcher.WorkDirectory;
import dev.polyphony.launcher.run.DownloadBar;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Finds the runs that a user means. */
final class RunNames {

    private final WorkDirectory work;
    private final Path data;

    /** @param data where downloaded data sets lie */
    RunNames(WorkDirectory work, Path data) {
        this.work = work;
        this.data = data;
    }

    /**
     * The runs, each once, in the order in which they are named.
     *
     * @param names identities of runs, the beginnings of such, names of recipes, or recipe files
     * @throws LauncherMistake naming the first that is no finished run
     */
    List<FinishedRun> find(List<String> names) {
        Map<String, FinishedRun> runs = new LinkedHashMap<>();
        for (String name : names) {
            FinishedRun run = isRecipe(name) ? ofRecipe(name) : FinishedRun.read(work, identity(name));
            runs.putIfAbsent(run.runId(), run);
        }
        return List.copyOf(runs.values());
    }

    private String identity(String name) {
        List<String> matching = name.isBlank()
                ? List.of()
                : runs().stream().filter(run -> run.startsWith(name)).toList();
        if (matching.size() > 1) {
            throw new LauncherMistake("the beginning " + name + " fits " + matching.size() + " runs: "
                    + String.join(", ", matching) + "; write more of the identity");
        }
        if (matching.isEmpty()) {
            throw new LauncherMistake("there is no run '" + name + "' in " + work.root()
                    + " and no such recipe: 'polyphony status' lists runs, 'polyphony recipes' recipes");
        }
        return matching.get(0);
    }

    private static boolean isRecipe(String name) {
        return RecipeCatalogue.names().contains(name)
                || name.endsWith(".yaml")
                || name.endsWith(".yml")
                || (name.contains("/") && Files.isRegularFile(Path.of(name)));
    }

    private FinishedRun ofRecipe(String name) {
        Experiment experiment = open(name);
        String runId = experiment.identities().runId();
        if (!Files.isDirectory(work.run(runId, ""))) {
            throw new LauncherMistake("recipe " + name + " has not been run in " + work.root() + ": there is no run "
                    + runId + "; 'polyphony run " + name + "' makes it");
        }
        return FinishedRun.read(work, runId).as(experiment.recipe());
    }

    private Experiment open(String name) {
        try (DownloadBar bar = DownloadBar.onScreen()) {
            return Experiment.open(name, data, work.imported(), bar);
        }
    }

    private List<String> runs() {
        Path directory = work.store().resolve("runs");
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(Files::isDirectory)
                    .map(file -> file.getFileName().toString())
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot list " + directory, e);
        }
    }
}
