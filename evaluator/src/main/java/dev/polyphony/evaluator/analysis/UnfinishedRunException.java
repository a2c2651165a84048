package dev.polyphony.evaluator.analysis;

import dev.polyphony.experiment.UserMistake;

/** A run was to be analysed that has no student yet. */
final class UnfinishedRunException extends RuntimeException implements UserMistake {

    UnfinishedRunException(String recipe, String address) {
        super("recipe " + recipe + " has not been run to its end: " + address
                + " is not in the model store; run it first");
    }
}
