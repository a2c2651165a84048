package dev.polyphony.datasets.corruptions;

import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.sampling.distribution.PoissonSampler;
import org.apache.commons.rng.sampling.distribution.SharedStateDiscreteSampler;

/**
 * Counts of photons for each of the 256 levels of a pixel. A sampler is costly to make and its means are few, so each is
 * made once, and draws from whichever generator the image at hand has.
 */
final class Photons {

    private static final int LEVELS = 256;

    private final Relay relay = new Relay();
    private final SharedStateDiscreteSampler[] samplers = new SharedStateDiscreteSampler[LEVELS];

    /** @param white the mean count of a white pixel */
    Photons(int white) {
        samplers[0] = new Darkness();
        for (int level = 1; level < LEVELS; level++) {
            samplers[level] = PoissonSampler.of(relay, (double) white * level / (LEVELS - 1));
        }
    }

    int count(int level, UniformRandomProvider random) {
        relay.target = random;
        return samplers[level].sample();
    }

    /** No light, no photons: a Poisson sampler asks for a positive mean. */
    private static final class Darkness implements SharedStateDiscreteSampler {

        @Override
        public int sample() {
            return 0;
        }

        @Override
        public SharedStateDiscreteSampler withUniformRandomProvider(UniformRandomProvider random) {
            return this;
        }
    }

    private static final class Relay implements UniformRandomProvider {

        private UniformRandomProvider target = () -> {
            throw new IllegalStateException("no generator yet");
        };

        @Override
        public long nextLong() {
            return target.nextLong();
        }
    }
}
