package dev.polyphony.experiment;

import java.util.List;
import java.util.stream.Collectors;

/** A recipe cannot be used. Holds every mistake of the file, in the order of its lines; the message names the first ones. */
public final class InvalidRecipeException extends RuntimeException implements UserMistake {

    private static final long serialVersionUID = 1L;

    /** A file that is no recipe has one for every word. */
    private static final int SHOWN = 25;

    private final transient List<Mistake> mistakes;

    InvalidRecipeException(String recipe, List<Mistake> mistakes) {
        super(mistakes.stream()
                .limit(SHOWN)
                .map(Mistake::toString)
                .collect(Collectors.joining("\n  ", "recipe " + recipe + " cannot be used:\n  ", rest(mistakes))));
        this.mistakes = List.copyOf(mistakes);
    }

    private static String rest(List<Mistake> mistakes) {
        return mistakes.size() <= SHOWN ? "" : "\n  and " + (mistakes.size() - SHOWN) + " more";
    }

    /** All mistakes, at least one. */
    public List<Mistake> mistakes() {
        return mistakes;
    }
}
