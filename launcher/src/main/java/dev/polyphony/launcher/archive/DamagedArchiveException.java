package dev.polyphony.launcher.archive;

import dev.polyphony.experiment.UserMistake;

/** An archive, or a file of it, is not what an archive's manifest or format says. */
final class DamagedArchiveException extends RuntimeException implements UserMistake {

    private static final long serialVersionUID = 1L;

    DamagedArchiveException(String message) {
        super(message);
    }
}
