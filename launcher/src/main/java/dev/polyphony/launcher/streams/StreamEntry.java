package dev.polyphony.launcher.streams;

import dev.polyphony.experiment.StreamParts;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A stream that a broker or a model store knows of.
 *
 * @param streamId its identity
 * @param state how much of it is there
 * @param steps recorded with their logits, from the first
 * @param planned of the whole stream; 0 if its plan is not there
 * @param bytes of its minibatches, logits and plan on disk, one copy
 * @param parts what determines it; null if nobody kept that
 * @param students trained from it, or begun
 */
record StreamEntry(
        String streamId,
        State state,
        long steps,
        long planned,
        long bytes,
        @Nullable StreamParts parts,
        List<Student> students) {

    StreamEntry {
        students = List.copyOf(students);
    }

    /** How much of a stream is there. */
    enum State {
        COMPLETE("complete"),
        RECORDING("being recorded"),
        INCOMPLETE("incomplete"),
        RESTORING("not wholly restored"),
        ABSENT("not on this broker");

        private final String words;

        State(String words) {
            this.words = words;
        }

        /** For people. */
        String words() {
            return words;
        }
    }
}
