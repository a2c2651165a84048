package dev.polyphony.experiment;

/** No recipe of that name ships, and no file of that path exists. */
public final class UnknownRecipeException extends RuntimeException implements UserMistake {

    private static final long serialVersionUID = 1L;

    UnknownRecipeException(String message) {
        super(message);
    }
}
