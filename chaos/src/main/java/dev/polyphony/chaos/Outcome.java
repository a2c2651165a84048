package dev.polyphony.chaos;

import java.util.List;

/**
 * What became of a run that was injured.
 *
 * @param scenario what it was
 * @param steps of the stream
 * @param faults in their order
 * @param restarts processes that were started again, for whatever reason
 * @param ledger of its log
 * @param verified whether {@code polyphony verify} holds
 * @param identical whether its final weights are those of the undisturbed run
 * @param seconds that it took
 */
public record Outcome(
        String scenario,
        long steps,
        List<Occurrence> faults,
        int restarts,
        Ledger ledger,
        boolean verified,
        boolean identical,
        double seconds) {

    public Outcome {
        faults = List.copyOf(faults);
    }

    /** Whether the promise was kept. */
    public boolean holds() {
        return ledger.holds() && verified && identical;
    }
}
