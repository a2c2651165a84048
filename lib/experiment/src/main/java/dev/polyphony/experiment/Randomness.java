package dev.polyphony.experiment;

import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.simple.RandomSource;

/**
 * All randomness of an experiment. A generator is a pure function of a seed, what it is for, and a path (epoch, step,
 * member ...), so a step that is done again, on whichever machine, draws the same numbers.
 */
public final class Randomness {

    /** What the numbers are for; generators of different purposes are independent. */
    public enum Purpose {
        PERMUTATION(1),
        AUGMENTATION(2),
        MEMBER_CHOICE(3),
        GUIDE_VECTOR(4),
        GAUSSIAN_NOISE(5),
        CORRUPTION(9),
        INITIALISATION(6),
        MEMBER_SEED(7),
        MIMO_ARRANGEMENT(8);

        private final long code;

        Purpose(long code) {
            this.code = code;
        }
    }

    private Randomness() {}

    /** A generator for one purpose at one place; the same arguments give the same numbers for ever. */
    public static UniformRandomProvider of(long seed, Purpose purpose, long... path) {
        return RandomSource.XO_RO_SHI_RO_128_PP.create(
                new long[] {derive(seed, purpose, path), derive(~seed, purpose, path)});
    }

    /** A seed for one purpose at one place: 64 well-mixed bits. */
    public static long derive(long seed, Purpose purpose, long... path) {
        long state = absorb(mix(seed + GOLDEN_GAMMA), purpose.code);
        for (long part : path) {
            state = absorb(state, part);
        }
        return state;
    }

    /** One to one in each argument, and without a fixed point at zero: seed 0 and epoch 0 are common. */
    private static long absorb(long state, long part) {
        return mix((state ^ mix(part)) + GOLDEN_GAMMA);
    }

    private static final long GOLDEN_GAMMA = 0x9E3779B97F4A7C15L;

    /** The finaliser of SplitMix64 (Steele, Lea, Flood, OOPSLA 2014). */
    private static long mix(long value) {
        long z = (value ^ (value >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }
}
