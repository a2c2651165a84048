package dev.polyphony.experiment;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Reads recipes from YAML. What may stand in one is in {@code docs/recipes.md}. */
public final class RecipeFile {

    private RecipeFile() {}

    /**
     * The recipe of a file, named like the file without its ending.
     *
     * @throws UnknownRecipeException if there is no such file
     * @throws InvalidRecipeException with every mistake of the file
     */
    public static Recipe load(Path file) {
        String name = file.getFileName().toString().replaceFirst("\\.ya?ml$", "");
        return parse(name, text(file));
    }

    /**
     * The recipe that a text holds.
     *
     * @throws InvalidRecipeException with every mistake of the text
     */
    public static Recipe parse(String name, String yaml) {
        RecipeReader reader = new RecipeReader();
        reader.read(yaml);
        if (!reader.mistakes().isEmpty()) {
            throw new InvalidRecipeException(name, reader.mistakes());
        }
        return bind(name, reader.values());
    }

    /**
     * The same experiment with another seed of its student: it has the same ensemble and the same stream.
     *
     * @param seed at least 0
     */
    public static Recipe withStudentSeed(Recipe recipe, long seed) {
        Map<String, Object> student = new TreeMap<>(CanonicalJson.tree(recipe.student()));
        student.put("seed", seed);
        Map<String, Object> tree = new TreeMap<>(CanonicalJson.tree(recipe));
        tree.put("name", recipe.name() + "-seed-" + seed);
        tree.put("student", student);
        return CanonicalJson.bind(tree, Recipe.class);
    }

    /** A text that {@link #parse} reads as this recipe under its name: JSON, which is YAML too. */
    public static String write(Recipe recipe) {
        Map<String, Object> tree = new TreeMap<>(CanonicalJson.tree(recipe));
        tree.remove("name");
        return CanonicalJson.write(tree);
    }

    static String text(Path file) {
        try {
            if (!Files.isRegularFile(file)) {
                throw new UnknownRecipeException("there is no recipe file " + file);
            }
            if (Files.size(file) > Yaml.LONGEST) {
                throw unreadable(
                        file, "is longer than " + Yaml.LONGEST + " bytes", "write a recipe of some fifty lines");
            }
            return Files.readString(file);
        } catch (CharacterCodingException e) {
            throw unreadable(file, "is not UTF-8 text", "save it as UTF-8");
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file, e);
        }
    }

    private static InvalidRecipeException unreadable(Path file, String problem, String remedy) {
        return new InvalidRecipeException(file.toString(), List.of(new Mistake(1, "the file", problem, remedy)));
    }

    private static Recipe bind(String name, Map<String, Object> values) {
        Map<String, Object> recipe = new TreeMap<>(Map.of("name", name));
        for (String part : RecipeKey.PARTS) {
            Map<String, Object> keys = new TreeMap<>();
            RecipeKey.of(part).stream()
                    .filter(key -> values.containsKey(key.path()))
                    .forEach(key -> keys.put(key.name(), values.get(key.path())));
            recipe.put(part, keys);
        }
        return CanonicalJson.bind(recipe, Recipe.class);
    }
}
