package dev.polyphony.launcher.delete;

import java.util.List;

/** Something that can be deleted. */
interface Deletion {

    /** What it is, such as {@code stream 1a2b}. */
    String name();

    /** Bytes that deleting it frees. */
    long bytes();

    /** What depends on it and what becomes of that, a line each; empty if nothing does. */
    List<String> dependents();

    /** Deletes it. Interrupted, it can be done again. */
    void execute();
}
