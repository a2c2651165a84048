package dev.polyphony.chaos;

import dev.polyphony.chaos.stream.StreamWatch;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * What a finished stream's log holds, as it was seen while it was written.
 *
 * @param lost steps without a committed minibatch or without logits
 * @param duplicated steps of which a service has committed more records than it was given
 */
public record Ledger(SortedSet<Long> lost, SortedSet<Long> duplicated) {

    /** Reads what was watched of a stream of so many steps. */
    static Ledger of(StreamWatch watch, long steps) {
        SortedSet<Long> lost = new TreeSet<>();
        SortedSet<Long> duplicated = new TreeSet<>();
        for (long step = 0; step < steps; step++) {
            int minibatches = watch.minibatches().committed(step);
            int logits = watch.logits().committed(step);
            if (minibatches == 0 || logits == 0) {
                lost.add(step);
            }
            // A minibatch that the suite delivers twice may be taught twice.
            if (minibatches > 1 || logits > 1 + watch.minibatches().foreign(step)) {
                duplicated.add(step);
            }
        }
        return new Ledger(lost, duplicated);
    }

    /** Whether every step is there once. */
    boolean holds() {
        return lost.isEmpty() && duplicated.isEmpty();
    }
}
