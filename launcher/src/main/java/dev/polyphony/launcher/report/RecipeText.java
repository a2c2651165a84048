package dev.polyphony.launcher.report;

import dev.polyphony.experiment.Recipe;
import java.util.Locale;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A recipe as YAML, with the values that it leaves to their defaults. */
public final class RecipeText {

    private RecipeText() {}

    static String of(Recipe recipe) {
        return of(new JsonMapper().<JsonNode>valueToTree(recipe));
    }

    /** The same of a recipe as a document's provenance holds it, perhaps without keys that are younger. */
    public static String of(JsonNode parts) {
        StringBuilder yaml = new StringBuilder();
        for (String part : new String[] {"dataset", "ensemble", "stream", "student", "evaluation"}) {
            yaml.append(part).append(":\n");
            for (var property : parts.path(part).properties()) {
                yaml.append("  ")
                        .append(property.getKey())
                        .append(": ")
                        .append(value(property.getValue()))
                        .append('\n');
            }
        }
        return yaml.toString();
    }

    private static String value(JsonNode value) {
        if (value.isArray()) {
            StringBuilder list = new StringBuilder();
            for (JsonNode element : value) {
                list.append(list.isEmpty() ? "" : ", ").append(value(element));
            }
            return "[" + list + "]";
        }
        if (!value.isString()) {
            return value.toString();
        }
        String text = value.asString();
        boolean constant = text.matches("[A-Z][A-Z0-9_]*");
        return constant ? text.toLowerCase(Locale.ROOT).replace('_', '-') : text;
    }
}
