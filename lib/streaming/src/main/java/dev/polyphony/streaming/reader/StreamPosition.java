package dev.polyphony.streaming.reader;

import java.util.Collections;
import java.util.List;
import java.util.stream.LongStream;

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
     * A little before a step, without knowing its offset: a partition's k-th step lies at offset k or later, because
     * parts and the markers of transactions only take up more. What is read before the step is dropped.
     *
     * @param step first step wanted; it must have been recorded
     */
    public static StreamPosition before(long step, int partitions) {
        List<Long> offsets = LongStream.range(0, partitions)
                .map(partition -> (step - partition + partitions - 1) / partitions)
                .boxed()
                .toList();
        return new StreamPosition(step, offsets, offsets);
    }

    public int partitions() {
        return minibatches.size();
    }
}
