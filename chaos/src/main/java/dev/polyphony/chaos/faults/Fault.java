package dev.polyphony.chaos.faults;

import dev.polyphony.chaos.stream.LiveStream;

/** Something that goes wrong. */
public interface Fault {

    /** What it is, for people; the same for all faults of a kind. */
    String name();

    /**
     * Makes it happen, and returns once it demonstrably has and is over.
     *
     * @throws dev.polyphony.chaos.stream.ChaosException if it cannot be made or does not show
     */
    Injured inject(LiveStream live);
}
