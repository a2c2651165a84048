package dev.polyphony.teacher;

import dev.polyphony.experiment.UserMistake;

/** A member was asked for that the recipe does not train. */
final class NoSuchMemberException extends RuntimeException implements UserMistake {

    NoSuchMemberException(int member, int trained) {
        super("polyphony.teacher.member is " + member + ", but the recipe trains "
                + (trained == 0 ? "none: its ensemble was imported" : "the members 0 to " + (trained - 1)));
    }
}
