package dev.polyphony.streaming.order;

import org.jspecify.annotations.Nullable;

/**
 * Steps that lie behind later ones in their partition, because they could not be made at first and were made up for.
 *
 * @param <T> what is looked for
 */
@FunctionalInterface
public interface LateSteps<T> {

    /** A partition that has none. */
    static <T> LateSteps<T> none() {
        return (step, partition, fromOffset) -> null;
    }

    /** The whole step from an offset on, or null if it is not there. */
    @Nullable
    T find(long step, int partition, long fromOffset);
}
