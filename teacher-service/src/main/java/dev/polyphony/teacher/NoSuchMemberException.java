package dev.polyphony.teacher;

import dev.polyphony.experiment.UserMistake;

/** A member was asked for that the recipe's ensemble does not have. */
final class NoSuchMemberException extends RuntimeException implements UserMistake {

    NoSuchMemberException(int member, int size) {
        super("polyphony.teacher.member is " + member + ", but the recipe's ensemble has the members 0 to "
                + (size - 1));
    }
}
