package dev.polyphony.experiment;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/** What may stand at a key of a recipe. */
interface RecipeValue {

    /** Characters. Patterns that are matched against longer ones take for ever, or all of the stack. */
    int LONGEST = 200;

    /**
     * The value of a YAML node: an Integer, a Double, a String or a List of Strings.
     *
     * @throws Unfit when the node holds something else
     */
    Object read(Node node);

    /** What may stand there, as a noun for documentation and remedies. */
    String range();

    /** The node holds something that may not stand there. */
    final class Unfit extends RuntimeException {

        private static final long serialVersionUID = 1L;

        final String problem;
        final String remedy;

        Unfit(String problem, String remedy) {
            super(problem);
            this.problem = problem;
            this.remedy = remedy;
        }
    }

    /** A whole number from a smallest to a largest. */
    record Whole(int smallest, int largest) implements RecipeValue {

        private static final Pattern DIGITS = Pattern.compile("[+-]?\\d{1,40}");

        @Override
        public Object read(Node node) {
            String text = plain(node, this);
            if (!DIGITS.matcher(text).matches()) {
                throw unfit(text, "is not a whole number", this);
            }
            BigDecimal number = new BigDecimal(text);
            if (number.compareTo(BigDecimal.valueOf(smallest)) < 0
                    || number.compareTo(BigDecimal.valueOf(largest)) > 0) {
                throw unfit(text, "is out of range", this);
            }
            return number.intValueExact();
        }

        @Override
        public String range() {
            return "a whole number from " + smallest + " to " + largest;
        }
    }

    /** A number from a smallest to a largest, both as text so that messages print them as written here. */
    record Real(String smallest, String largest) implements RecipeValue {

        private static final Pattern NUMBER = Pattern.compile("[+-]?(\\d+\\.?\\d*|\\.\\d+)([eE][+-]?\\d{1,4})?");

        @Override
        public Object read(Node node) {
            String text = plain(node, this);
            if (!NUMBER.matcher(text).matches()) {
                throw unfit(text, "is not a number", this);
            }
            double number = Double.parseDouble(text);
            if (number < Double.parseDouble(smallest) || number > Double.parseDouble(largest)) {
                throw unfit(text, "is out of range", this);
            }
            return number + 0.0; // -0 becomes 0: one number, one spelling, one identity
        }

        @Override
        public String range() {
            return "a number from " + smallest + " to " + largest;
        }
    }

    /** A name of lower-case letters, digits and hyphens. */
    record Name() implements RecipeValue {

        static final Pattern SPELLING = Pattern.compile("[a-z0-9]+(-[a-z0-9]+)*");

        @Override
        public Object read(Node node) {
            String text = scalar(node, this);
            if (!SPELLING.matcher(text).matches()) {
                throw unfit(text, "is not a name", this);
            }
            return text;
        }

        @Override
        public String range() {
            return "a name of lower-case letters, digits and hyphens";
        }
    }

    /** Yes or no, as YAML writes it. */
    record YesNo() implements RecipeValue {

        @Override
        public Object read(Node node) {
            String text = plain(node, this);
            return switch (text) {
                case "true" -> true;
                case "false" -> false;
                default -> throw unfit(text, "is neither true nor false", this);
            };
        }

        @Override
        public String range() {
            return "true | false";
        }
    }

    /** One of some words. */
    record Choice(List<String> words) implements RecipeValue {

        static Choice of(Class<? extends Enum<?>> type) {
            return new Choice(Arrays.stream(type.getEnumConstants())
                    .map(constant -> constant.name().toLowerCase(Locale.ROOT).replace('_', '-'))
                    .toList());
        }

        @Override
        public Object read(Node node) {
            String text = scalar(node, this);
            if (!words.contains(text)) {
                throw unfit(text, "is not known", this);
            }
            return text;
        }

        @Override
        public String range() {
            return String.join(" | ", words);
        }
    }

    /** A list of values of one kind, none of them twice, and at least so many. */
    record ListOf(RecipeValue each, int shortest) implements RecipeValue {

        @Override
        public Object read(Node node) {
            if (!(node instanceof SequenceNode sequence)) {
                throw new Unfit("is not a list", "write " + range());
            }
            List<Object> words = sequence.getValue().stream().map(each::read).toList();
            if (words.stream().distinct().count() < words.size()) {
                throw new Unfit("names the same thing twice", "write each once");
            }
            if (words.size() < shortest) {
                throw new Unfit("is too short", "write " + range());
            }
            return words;
        }

        @Override
        public String range() {
            return (shortest == 0 ? "a list, each " : "a list of " + shortest + " or more, each ") + each.range();
        }
    }

    static String plain(Node node, RecipeValue wanted) {
        String text = scalar(node, wanted);
        if (!((ScalarNode) node).isPlain()) {
            throw unfit('"' + text + '"', "is text in quotes", wanted);
        }
        return text;
    }

    static String scalar(Node node, RecipeValue wanted) {
        if (!(node instanceof ScalarNode word)) {
            throw new Unfit("is a list or a mapping, not one value", "write " + wanted.range());
        }
        if (word.getValue().isEmpty()) {
            throw new Unfit("has no value", "write " + wanted.range());
        }
        if (word.getValue().length() > LONGEST) {
            throw unfit(word.getValue(), "is too long", wanted);
        }
        return word.getValue();
    }

    static Unfit unfit(String text, String problem, RecipeValue wanted) {
        String shown = text.length() > 60 ? text.substring(0, 60) + "..." : text;
        return new Unfit("is " + shown + ", which " + problem, "write " + wanted.range());
    }
}
