package dev.polyphony.launcher.process;

import java.util.List;

/** Hears what children do. Called from several threads. */
public interface ChildListener {

    /** A process of this child has started. */
    void started(String child, long pid);

    /** A child has said how far it is. */
    void progress(String child, Progress progress);

    /**
     * A child has died and will be started again.
     *
     * @param exit its exit code
     * @param lastLines the end of its log
     * @param restart 1 for the first restart
     * @param restarts how many there are at most
     */
    void crashed(String child, int exit, List<String> lastLines, int restart, int restarts);

    /** A process of this child has ended, for whatever reason. */
    void ended(String child);
}
