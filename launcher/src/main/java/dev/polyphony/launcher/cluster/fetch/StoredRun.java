package dev.polyphony.launcher.cluster.fetch;

import java.util.List;

/** A run's files, in a model store that somebody else keeps. */
interface StoredRun {

    /** The names of its files, such as {@code evaluations/step-00000100.json}; none if the store knows no such run. */
    List<String> files();

    /**
     * A file's bytes.
     *
     * @throws dev.polyphony.launcher.LauncherMistake if it is not what the store says it is
     */
    byte[] read(String file);
}
