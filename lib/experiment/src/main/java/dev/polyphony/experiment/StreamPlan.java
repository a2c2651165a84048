package dev.polyphony.experiment;

import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.sampling.PermutationSampler;

/**
 * The steps of a stream: which images are drawn when. A pure function of its four numbers, so that every process
 * that holds them draws the same minibatches without asking another.
 *
 * @param samples training images, N
 * @param batchSize images per minibatch, B; the last one of an epoch may be smaller and is kept
 * @param epochs passes over the training split
 * @param seed the stream's seed
 */
public record StreamPlan(int samples, int batchSize, int epochs, long seed) {

    public StreamPlan {
        if (samples < 1 || batchSize < 1 || epochs < 1) {
            throw new IllegalArgumentException(
                    "samples, batchSize and epochs must be at least 1: " + samples + ", " + batchSize + ", " + epochs);
        }
    }

    /** Steps of one epoch. */
    public int stepsPerEpoch() {
        return (samples + batchSize - 1) / batchSize;
    }

    /** Steps of the whole stream. */
    public long steps() {
        return (long) stepsPerEpoch() * epochs;
    }

    /** Epoch of a step, 0-based. */
    public int epoch(long step) {
        requireStep(step);
        return (int) (step / stepsPerEpoch());
    }

    /** Position of a step in its epoch, 0-based. */
    public int stepInEpoch(long step) {
        requireStep(step);
        return (int) (step % stepsPerEpoch());
    }

    /** Images of a step: B, or what is left at the end of an epoch. */
    public int sampleCount(long step) {
        return Math.min(batchSize, samples - stepInEpoch(step) * batchSize);
    }

    /** The order in which an epoch visits the training images: a permutation of 0..N-1. */
    public int[] permutation(int epoch) {
        UniformRandomProvider random = Randomness.of(seed, Randomness.Purpose.PERMUTATION, epoch);
        int[] order = PermutationSampler.natural(samples);
        PermutationSampler.shuffle(random, order);
        return order;
    }

    /** Indices of the training images of a step, [sampleCount(step)]. */
    public int[] indices(long step) {
        int from = stepInEpoch(step) * batchSize;
        return java.util.Arrays.copyOfRange(permutation(epoch(step)), from, from + sampleCount(step));
    }

    private void requireStep(long step) {
        if (step < 0 || step >= steps()) {
            throw new IllegalArgumentException("step " + step + " is outside 0.." + (steps() - 1));
        }
    }
}
