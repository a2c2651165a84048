package dev.polyphony.experiment;

import java.util.Map;
import java.util.Optional;
import java.util.StringJoiner;

/** The documentation of recipes, made from the table that the reader follows. */
public final class RecipeReference {

    private static final Map<String, String> PARTS = Map.of(
            "dataset", "Which images are learned from. Determines `datasetId`, with the checksums of the files.",
            "ensemble",
                    "How the teachers are trained, or under which name they were imported (docs/import.md). Determines"
                            + " `ensembleId`, with `datasetId`; of imported members what they are, not their name.",
            "stream",
                    "How minibatches are drawn and perturbed. Determines `streamId`, with `ensembleId`; `record` is left"
                            + " out.",
            "student", "What learns from the stream, and how. Determines `runId`, with `streamId`.",
            "evaluation", "What is scored. Changes no weights, determines no identity, and may be left out.");

    private static final String INTRODUCTION = """
            # Recipes

            <!-- Generated from the table that the reader of recipes follows. Change RecipeKey.java instead, then run:
                 ./mvnw -pl lib/experiment test -Dtest=RecipeReferenceTest -Drecipes.write=true -->

            A recipe is a YAML file that holds everything that changes a number, and nothing that names a host.
            A key that does not exist, a wrong type or a value out of range is a mistake; all mistakes of a file are
            reported at once, each with its line. A key without a default must be written.

            An identity is the first 12 hexadecimal digits of a SHA-256 over the canonical JSON (sorted keys, no
            whitespace) of what determines it. Recipes that agree in a part, and in all parts before it, share what that
            part made: two recipes that differ only in `student` train from the same recorded stream.

            """;

    private RecipeReference() {}

    /** The text of {@code docs/recipes.md}. */
    public static String markdown() {
        StringBuilder text = new StringBuilder(INTRODUCTION);
        for (String part : RecipeKey.PARTS) {
            text.append("## `")
                    .append(part)
                    .append("`\n\n")
                    .append(PARTS.get(part))
                    .append("\n\n");
            text.append("| key | value | default | meaning |\n|---|---|---|---|\n");
            RecipeKey.of(part).forEach(key -> text.append(row(key)));
            text.append('\n');
        }
        text.append("## Between keys\n\n");
        RecipeConsistency.RULES.forEach(rule -> text.append("- ").append(rule).append('\n'));
        text.append("\n## Recipes that ship\n\n| recipe | what it is for |\n|---|---|\n");
        for (String name : RecipeCatalogue.names()) {
            text.append(cells("`" + name + "`", RecipeCatalogue.description(name)));
        }
        text.append("\n## Example\n\nThe recipe `fashion-mnist-small`:\n\n```yaml\n");
        return text.append(RecipeCatalogue.yaml("fashion-mnist-small"))
                .append("```\n")
                .toString();
    }

    private static String row(RecipeKey key) {
        Optional<String> fallback = key.fallback().map(text -> "`" + text + "`");
        return cells("`" + key.name() + "`", key.value().range(), fallback.orElse(""), key.description());
    }

    private static String cells(String... cells) {
        StringJoiner row = new StringJoiner(" | ", "| ", " |\n");
        for (String cell : cells) {
            row.add(cell.replace("|", "\\|"));
        }
        return row.toString();
    }
}
