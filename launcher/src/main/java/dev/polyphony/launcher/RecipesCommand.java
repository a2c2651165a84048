package dev.polyphony.launcher;

import dev.polyphony.experiment.InvalidRecipeException;
import dev.polyphony.experiment.Recipe;
import dev.polyphony.experiment.RecipeCatalogue;
import dev.polyphony.experiment.RecipeFile;
import java.io.PrintWriter;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code polyphony recipes}: what can be run. */
@Command(
        name = "recipes",
        mixinStandardHelpOptions = true,
        description = "List the recipes, show one, or check a file.")
final class RecipesCommand implements Runnable {

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public void run() {
        list();
    }

    @Command(name = "list", mixinStandardHelpOptions = true, description = "The recipes that ship, the quickest first.")
    void list() {
        int width =
                RecipeCatalogue.names().stream().mapToInt(String::length).max().orElse(0);
        for (String name : RecipeCatalogue.names()) {
            out().println(("%-" + width + "s  %s").formatted(name, RecipeCatalogue.description(name)));
        }
        out().flush();
    }

    @Command(name = "show", mixinStandardHelpOptions = true, description = "Print a recipe, to copy and change.")
    void show(@Parameters(paramLabel = "NAME", description = "a shipped recipe") String name) {
        out().print(RecipeCatalogue.yaml(name));
        out().flush();
    }

    @Command(name = "check", mixinStandardHelpOptions = true, description = "Say every mistake of a recipe file.")
    int check(@Parameters(paramLabel = "FILE", description = "a YAML file") Path file) {
        try {
            Recipe recipe = RecipeFile.load(file);
            out().println(file + ": recipe " + recipe.name() + " can be used");
            out().flush();
            return 0;
        } catch (InvalidRecipeException invalid) {
            PrintWriter err = spec.commandLine().getErr();
            invalid.mistakes().forEach(mistake -> err.println(file + ": " + mistake));
            err.flush();
            return Polyphony.MISTAKE;
        }
    }

    private PrintWriter out() {
        return spec.commandLine().getOut();
    }
}
