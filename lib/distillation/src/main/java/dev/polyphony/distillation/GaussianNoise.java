package dev.polyphony.distillation;

import ai.djl.ndarray.NDArray;
import dev.polyphony.experiment.Randomness;
import dev.polyphony.experiment.Randomness.Purpose;
import java.util.Optional;
import org.apache.commons.rng.sampling.distribution.SharedStateContinuousSampler;
import org.apache.commons.rng.sampling.distribution.ZigguratSampler;

/**
 * Independent normal noise with the step size as standard deviation: the baseline that output diversified sampling is
 * scaled to match in norm. Drawn in Java, so that it does not depend on the engine or the device.
 */
final class GaussianNoise implements Perturbation {

    private final float scale;
    private final long seed;

    /**
     * Noise of one stream.
     *
     * @param stepSize standard deviation in 1/255 of the pixel range
     * @param seed of the stream
     */
    GaussianNoise(double stepSize, long seed) {
        this.scale = (float) (StepSize.checked(stepSize) / StepSize.PIXEL_RANGE);
        this.seed = seed;
    }

    @Override
    public Perturbed perturb(NDArray images, int[] labels, long step) {
        SharedStateContinuousSampler normal =
                ZigguratSampler.NormalizedGaussian.of(Randomness.of(seed, Purpose.GAUSSIAN_NOISE, step));
        float[] noise = new float[Math.toIntExact(images.size())];
        for (int i = 0; i < noise.length; i++) {
            noise[i] = scale * (float) normal.sample();
        }
        return new Perturbed(Optional.of(images.getManager().create(noise, images.getShape())), Perturbed.NO_MEMBER);
    }
}
