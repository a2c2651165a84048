package dev.polyphony.streaming.pipeline;

/**
 * The work of a service on one step: the same input gives the same output, always. What it throws ends the process.
 *
 * @param <I> input
 * @param <O> output, of the same step
 */
@FunctionalInterface
public interface Stage<I, O> {
    O apply(I input);
}
