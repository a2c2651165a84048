package dev.polyphony.experiment;

/** A recipe names an imported ensemble that is not there, or is another one than the recipe takes it for. */
public final class UnknownEnsembleException extends RuntimeException implements UserMistake {

    private static final long serialVersionUID = 1L;

    /** Says which ensemble, what is wrong, and what would be right. */
    public UnknownEnsembleException(String message) {
        super(message);
    }
}
