package dev.polyphony.experiment;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The recipes that ship with Polyphony, listed in the resource {@code recipes/catalogue.txt}, and the way to any other. */
public final class RecipeCatalogue {

    private static final List<String> NAMES = resource("catalogue.txt").lines().toList();

    private RecipeCatalogue() {}

    /** Names of the shipped recipes: the quickest first, then those of the paper. */
    public static List<String> names() {
        return NAMES;
    }

    /**
     * The recipe that a user means.
     *
     * @param nameOrPath a shipped name, or the path of a YAML file
     * @throws UnknownRecipeException if there is neither; the message names the nearest
     * @throws InvalidRecipeException with every mistake of the file
     */
    public static Recipe find(String nameOrPath) {
        if (NAMES.contains(nameOrPath)) {
            return RecipeFile.parse(nameOrPath, yaml(nameOrPath));
        }
        if (looksLikePath(nameOrPath)) {
            return RecipeFile.load(Path.of(nameOrPath));
        }
        throw unknown(nameOrPath);
    }

    /**
     * The text of a shipped recipe, to copy and change.
     *
     * @throws UnknownRecipeException if none of that name ships
     */
    public static String yaml(String name) {
        if (!NAMES.contains(name)) {
            throw unknown(name);
        }
        return resource(name + ".yaml");
    }

    /** What a shipped recipe is for, in one sentence: its leading comment. */
    public static String description(String name) {
        return yaml(name).lines().findFirst().orElseThrow().replaceFirst("^#\\s*", "");
    }

    private static boolean looksLikePath(String text) {
        return text.endsWith(".yaml") || text.endsWith(".yml") || Files.isRegularFile(Path.of(text));
    }

    private static UnknownRecipeException unknown(String name) {
        return new UnknownRecipeException(
                "there is no recipe " + name + "; did you mean " + Spelling.nearest(name, NAMES)
                        + "? 'polyphony recipes' lists those that ship. Or write the path of a YAML file.");
    }

    private static String resource(String file) {
        try (InputStream resource = RecipeCatalogue.class.getResourceAsStream("/recipes/" + file)) {
            if (resource == null) {
                throw new IllegalStateException("recipes/" + file + " is missing from this build");
            }
            return new String(resource.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the shipped recipes/" + file, e);
        }
    }
}
