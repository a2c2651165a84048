package dev.polyphony.experiment;

import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.Node;

/** YAML as nodes that know their line. Input is bounded in length and depth, so no file can exhaust the process. */
final class Yaml {

    /** A recipe has some fifty lines. */
    static final int LONGEST = 100_000;

    private static final int DEEPEST = 10;

    private Yaml() {}

    /** The root node; empty when the text holds nothing but comments. */
    static Optional<Node> compose(String text) throws Malformed {
        if (text.length() > LONGEST) {
            throw new Malformed(1, "is longer than " + LONGEST + " characters", "write a recipe of some fifty lines");
        }
        try {
            LoadSettings settings = settings(text);
            requireShallow(text, settings);
            return new Compose(settings).composeString(text);
        } catch (MarkedYamlEngineException e) {
            throw new Malformed(
                    lineOf(e.getProblemMark()), "is not YAML: " + Spelling.shown(e.getProblem()), "correct the syntax");
        } catch (YamlEngineException e) {
            throw new Malformed(
                    1, "is not YAML: " + Spelling.shown(String.valueOf(e.getMessage())), "correct the syntax");
        }
    }

    /** The reader copies a long value once more for each buffer that it fills: so all text goes into one. */
    private static LoadSettings settings(String text) {
        return LoadSettings.builder()
                .setUseMarks(true)
                .setParseComments(false)
                .setCodePointLimit(LONGEST)
                .setBufferSize(text.length() + 1)
                .build();
    }

    /** The node of a text that the program itself wrote. */
    static Node node(String text) {
        try {
            return compose(text).orElseThrow();
        } catch (Malformed e) {
            throw new IllegalStateException("not YAML: " + text, e);
        }
    }

    static int lineOf(Node node) {
        return lineOf(node.getStartMark());
    }

    private static int lineOf(Optional<Mark> mark) {
        return mark.map(Mark::getLine).orElse(0) + 1;
    }

    /** The composer recurses; the parser does not. */
    private static void requireShallow(String text, LoadSettings settings) throws Malformed {
        int depth = 0;
        for (Event event : new Parse(settings).parseString(text)) {
            switch (event.getEventId()) {
                case MappingStart, SequenceStart -> depth++;
                case MappingEnd, SequenceEnd -> depth--;
                default -> {}
            }
            if (depth > DEEPEST) {
                throw new Malformed(
                        lineOf(event.getStartMark()), "is nested too deeply", "write parts, and keys inside parts");
            }
        }
    }

    /** The text as a whole cannot be read. */
    static final class Malformed extends Exception {

        private static final long serialVersionUID = 1L;

        final int line;
        final String problem;
        final String remedy;

        Malformed(int line, String problem, String remedy) {
            super(problem);
            this.line = line;
            this.problem = problem;
            this.remedy = remedy;
        }
    }
}
