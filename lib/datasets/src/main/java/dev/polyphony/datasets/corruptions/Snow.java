package dev.polyphony.datasets.corruptions;

import dev.polyphony.datasets.ImageShape;
import java.util.Arrays;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.sampling.distribution.SharedStateContinuousSampler;
import org.apache.commons.rng.sampling.distribution.ZigguratSampler;

/**
 * Flakes: noise, enlarged, of which only the brightest is kept, blurred along the way they fall. The image turns towards
 * a brighter grey, and the flakes are added as they are and turned by half a turn.
 */
final class Snow implements Effect {

    /** Mean and deviation of the noise, its zoom, what is kept of it, radius and deviation of the streak, share of x. */
    private record Fall(
            double mean, double deviation, double zoom, float least, double radius, double streak, float clear) {}

    private static final Fall[] FALLS = {
        new Fall(0.1, 0.2, 1, 0.6f, 8, 3, 0.95f),
        new Fall(0.1, 0.2, 1, 0.5f, 10, 4, 0.9f),
        new Fall(0.15, 0.3, 1.75, 0.55f, 10, 4, 0.9f),
        new Fall(0.25, 0.3, 2.25, 0.6f, 12, 6, 0.85f),
        new Fall(0.3, 0.3, 1.25, 0.65f, 14, 12, 0.8f)
    };

    private final Fall fall;
    private final Zoom zoom;
    private final float[] noise;
    private final Picture flakes;

    Snow(ImageShape shape, int severity) {
        this.fall = FALLS[severity - 1];
        this.zoom = new Zoom(shape.height(), shape.width(), fall.zoom);
        this.noise = new float[shape.height() * shape.width()];
        this.flakes = new Picture(new ImageShape(1, shape.height(), shape.width()));
    }

    @Override
    public void apply(Picture picture, UniformRandomProvider random) {
        draw(random);
        float[] values = picture.values();
        int plane = picture.plane();
        for (int pixel = 0; pixel < plane; pixel++) {
            float whitened = picture.grey(pixel) * 1.5f + 0.5f;
            float snow = flakes.values()[pixel] + flakes.values()[plane - 1 - pixel];
            for (int i = pixel; i < values.length; i += plane) {
                values[i] = fall.clear * values[i] + (1 - fall.clear) * Math.max(values[i], whitened) + snow;
            }
        }
    }

    /** Draws the flakes. */
    private void draw(UniformRandomProvider random) {
        SharedStateContinuousSampler normal = ZigguratSampler.NormalizedGaussian.of(random);
        for (int i = 0; i < noise.length; i++) {
            noise[i] = (float) (fall.mean + fall.deviation * normal.sample());
        }
        float[] drawn = flakes.values();
        Arrays.fill(drawn, 0f);
        zoom.add(noise, 0, drawn);
        for (int i = 0; i < drawn.length; i++) {
            drawn[i] = drawn[i] < fall.least ? 0f : drawn[i];
        }
        flakes.quantise();
        Blur.streak(fall.radius, fall.streak, -135 + 90 * random.nextDouble()).apply(flakes);
    }
}
