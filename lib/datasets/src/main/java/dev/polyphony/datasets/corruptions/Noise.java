package dev.polyphony.datasets.corruptions;

import dev.polyphony.datasets.ImageShape;
import org.apache.commons.rng.sampling.distribution.SharedStateContinuousSampler;
import org.apache.commons.rng.sampling.distribution.ZigguratSampler;

/** Noise that falls on each value of an image by itself. */
final class Noise {

    private static final double[] DEVIATIONS = {0.04, 0.06, 0.08, 0.09, 0.10};
    private static final int[] PHOTONS = {500, 250, 100, 75, 50};
    private static final double[] AMOUNTS = {0.01, 0.02, 0.03, 0.05, 0.07};

    private Noise() {}

    /** x + N(0, sigma^2). */
    static Effect gaussian(ImageShape shape, int severity) {
        double deviation = DEVIATIONS[severity - 1];
        return (picture, random) -> {
            SharedStateContinuousSampler normal = ZigguratSampler.NormalizedGaussian.of(random);
            float[] values = picture.values();
            for (int i = 0; i < values.length; i++) {
                values[i] += (float) (deviation * normal.sample());
            }
        };
    }

    /** Poisson(c x) / c: the fewer photons, the noisier. */
    static Effect shot(ImageShape shape, int severity) {
        int photons = PHOTONS[severity - 1];
        Photons counter = new Photons(photons);
        return (picture, random) -> {
            float[] values = picture.values();
            for (int i = 0; i < values.length; i++) {
                values[i] = (float) counter.count(Picture.level(values[i]), random) / photons;
            }
        };
    }

    /** Salt and pepper, evenly, on a share of the values. */
    static Effect impulse(ImageShape shape, int severity) {
        double amount = AMOUNTS[severity - 1];
        return (picture, random) -> {
            float[] values = picture.values();
            for (int i = 0; i < values.length; i++) {
                double draw = random.nextDouble();
                if (draw < amount) {
                    values[i] = draw < amount / 2 ? 1f : 0f;
                }
            }
        };
    }
}
