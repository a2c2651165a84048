package dev.polyphony.experiment;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/** The recipes that ship with Polyphony, and the way to any other. */
public final class RecipeCatalogue {

    private static final List<String> NAMES = List.of(
            "tiny",
            "fashion-mnist-small",
            "fashion-mnist-small-no-distillation",
            "fashion-mnist-small-kd",
            "fashion-mnist-small-gaussian",
            "fashion-mnist-small-ods",
            "fashion/scratch",
            "fashion/kd",
            "fashion/gaussian",
            "fashion/ods",
            "fashion/confods",
            "fashion/adversarial",
            "fashion/ods-external",
            "fashion-mnist",
            "cifar-10",
            "cifar-100-resnet");

    private RecipeCatalogue() {}

    /** Names of the shipped recipes, the quickest first. */
    public static List<String> names() {
        return NAMES;
    }

    /**
     * The recipe that a user means.
     *
     * @param nameOrPath a shipped name, or the path of a YAML file
     * @throws UnknownRecipeException if there is neither; the message lists the names
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
        try (InputStream resource = RecipeCatalogue.class.getResourceAsStream("/recipes/" + name + ".yaml")) {
            if (resource == null) {
                throw new IllegalStateException("recipe " + name + " is missing from this build");
            }
            return new String(resource.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the shipped recipe " + name, e);
        }
    }

    /** What a shipped recipe is for, in one sentence: its leading comment. */
    public static String description(String name) {
        return yaml(name).lines().findFirst().orElseThrow().replaceFirst("^#\\s*", "");
    }

    private static boolean looksLikePath(String text) {
        return text.contains("/")
                || text.endsWith(".yaml")
                || text.endsWith(".yml")
                || Files.isRegularFile(Path.of(text));
    }

    private static UnknownRecipeException unknown(String name) {
        return new UnknownRecipeException(NAMES.stream()
                .collect(Collectors.joining(
                        ", ",
                        "there is no recipe " + name + "; did you mean " + Spelling.nearest(name, NAMES)
                                + "? These ship: ",
                        ". Or write the path of a YAML file.")));
    }
}
