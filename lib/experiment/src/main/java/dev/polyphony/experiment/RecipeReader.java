package dev.polyphony.experiment;

import dev.polyphony.experiment.RecipeValue.Unfit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;

/** Reads one recipe and collects its mistakes on the way. */
final class RecipeReader {

    private final List<Mistake> mistakes = new ArrayList<>();
    private final Map<String, Object> values = new HashMap<>();
    private final Map<String, Integer> lines = new HashMap<>();

    /** Values by path, such as {@code student.width}, fallbacks included. */
    Map<String, Object> values() {
        return values;
    }

    /** Mistakes in the order of their lines. */
    List<Mistake> mistakes() {
        return mistakes.stream().sorted(Comparator.comparingInt(Mistake::line)).toList();
    }

    void read(String yaml) {
        try {
            Node root = Yaml.compose(yaml).orElse(null);
            if (root instanceof MappingNode mapping) {
                readParts(mapping);
            } else {
                mistake(1, "the file", "is not a recipe", "write the parts " + String.join(", ", RecipeKey.PARTS));
            }
        } catch (Yaml.Malformed e) {
            mistake(e.line, "the file", e.problem, e.remedy);
        }
        if (!values.isEmpty()) {
            RecipeConsistency.check(values, lines, mistakes);
        }
    }

    private void readParts(MappingNode root) {
        Map<String, NodeTuple> written = keys(root, "", RecipeKey.PARTS);
        for (String part : RecipeKey.PARTS) {
            List<RecipeKey> keys = RecipeKey.of(part);
            NodeTuple tuple = written.get(part);
            int line = tuple == null ? 1 : Yaml.lineOf(tuple.getKeyNode());
            lines.put(part, line);
            if (tuple == null && keys.stream().allMatch(key -> key.fallback().isPresent())) {
                keys.forEach(this::fallBack);
            } else if (tuple == null) {
                mistake(line, part, "is missing", "write it with its keys " + names(RecipeKey.of(part, Set.of())));
            } else if (tuple.getValueNode() instanceof MappingNode mapping) {
                readPart(mapping, part, keys);
            } else {
                mistake(line, part, "holds no keys", "write its keys " + names(RecipeKey.of(part, Set.of())));
            }
        }
    }

    private void readPart(MappingNode node, String part, List<RecipeKey> keys) {
        Map<String, NodeTuple> written =
                keys(node, part + ".", keys.stream().map(RecipeKey::name).toList());
        List<RecipeKey> wanted = RecipeKey.of(part, written.keySet());
        for (RecipeKey key : keys) {
            NodeTuple stranger = wanted.contains(key) ? null : written.get(key.name());
            if (stranger != null) {
                mistake(
                        Yaml.lineOf(stranger.getKeyNode()),
                        key.path(),
                        "is written, but an imported ensemble is not trained here",
                        "leave it out");
            }
        }
        for (RecipeKey key : wanted) {
            NodeTuple tuple = written.get(key.name());
            if (tuple != null) {
                lines.put(key.path(), Yaml.lineOf(tuple.getKeyNode()));
                readValue(key, tuple.getValueNode());
            } else if (key.fallback().isPresent()) {
                fallBack(key);
            } else {
                mistake(
                        Yaml.lineOf(node),
                        key.path(),
                        "is missing",
                        "write " + key.value().range());
            }
        }
    }

    private void readValue(RecipeKey key, Node node) {
        try {
            values.put(key.path(), key.value().read(node));
        } catch (Unfit e) {
            mistake(Yaml.lineOf(node), key.path(), e.problem, e.remedy);
        }
    }

    private void fallBack(RecipeKey key) {
        values.put(key.path(), key.fallbackValue());
    }

    /** The known keys of a mapping, each once; everything else is a mistake. */
    private Map<String, NodeTuple> keys(MappingNode node, String prefix, List<String> known) {
        Map<String, NodeTuple> written = new LinkedHashMap<>();
        for (NodeTuple tuple : node.getValue()) {
            int line = Yaml.lineOf(tuple.getKeyNode());
            if (!(tuple.getKeyNode() instanceof ScalarNode key)) {
                mistake(line, prefix + "?", "is a list or a mapping, not a key", "write one of " + known);
            } else if (!known.contains(key.getValue())) {
                String nearest = Spelling.nearest(key.getValue(), known);
                mistake(
                        line,
                        prefix + Spelling.shown(key.getValue()),
                        "is not a known key",
                        "did you mean " + prefix + nearest + "?");
            } else if (written.putIfAbsent(key.getValue(), tuple) != null) {
                mistake(line, prefix + key.getValue(), "is written twice", "write it once");
            }
        }
        return written;
    }

    private static String names(List<RecipeKey> keys) {
        return String.join(", ", keys.stream().map(RecipeKey::name).toList());
    }

    private void mistake(int line, String path, String problem, String remedy) {
        mistakes.add(new Mistake(line, path, problem, remedy));
    }
}
