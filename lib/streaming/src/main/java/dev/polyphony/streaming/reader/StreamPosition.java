package dev.polyphony.streaming.reader;

import java.util.Collections;
import java.util.List;

/**
 * A place in a stream: all before it is applied, nothing after it.
 *
 * @param nextStep first step not applied
 * @param minibatches per partition, the smallest offset whose step is not applied
 * @param logits the same of the logits topic
 */
public record StreamPosition(long nextStep, List<Long> minibatches, List<Long> logits) {

    public StreamPosition {
        minibatches = List.copyOf(minibatches);
        logits = List.copyOf(logits);
        if (nextStep < 0 || minibatches.isEmpty() || minibatches.size() != logits.size()) {
            throw new IllegalArgumentException("next step " + nextStep + " with " + minibatches.size()
                    + " offsets of minibatches and " + logits.size() + " of logits");
        }
    }

    /** Where a stream begins. */
    public static StreamPosition beginning(int partitions) {
        List<Long> zeros = Collections.nCopies(partitions, 0L);
        return new StreamPosition(0, zeros, zeros);
    }

    /**
     * A step of the stream, found from its beginning: everything before it is read and dropped.
     *
     * @param step first step wanted
     */
    public static StreamPosition step(long step, int partitions) {
        List<Long> zeros = Collections.nCopies(partitions, 0L);
        return new StreamPosition(step, zeros, zeros);
    }

    public int partitions() {
        return minibatches.size();
    }
}
