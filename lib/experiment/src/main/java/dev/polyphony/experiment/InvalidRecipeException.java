package dev.polyphony.experiment;

import java.util.List;
import java.util.stream.Collectors;

/** A recipe cannot be used. Holds every mistake of the file, in the order of its lines. */
public final class InvalidRecipeException extends RuntimeException implements UserMistake {

    private static final long serialVersionUID = 1L;

    private final transient List<Mistake> mistakes;

    InvalidRecipeException(String recipe, List<Mistake> mistakes) {
        super(mistakes.stream()
                .map(Mistake::toString)
                .collect(Collectors.joining("\n  ", "recipe " + recipe + " cannot be used:\n  ", "")));
        this.mistakes = List.copyOf(mistakes);
    }

    /** All mistakes, at least one. */
    public List<Mistake> mistakes() {
        return mistakes;
    }
}
