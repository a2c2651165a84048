package dev.polyphony.distillation;

import dev.polyphony.experiment.Randomness;
import dev.polyphony.experiment.Randomness.Purpose;
import org.apache.commons.rng.UniformRandomProvider;

/** The random weights w of the outputs in output diversified sampling (paper, eq. 3). */
public final class GuideVector {

    private GuideVector() {}

    /**
     * The guide vectors of one step, independent and uniform in [-1, 1).
     *
     * @param seed of the stream
     * @param step counts over the whole stream, from 0
     * @param images B
     * @param classes K
     * @return B rows of K
     */
    public static float[] draw(long seed, long step, int images, int classes) {
        UniformRandomProvider random = Randomness.of(seed, Purpose.GUIDE_VECTOR, step);
        float[] guide = new float[Math.multiplyExact(images, classes)];
        for (int i = 0; i < guide.length; i++) {
            guide[i] = 2 * random.nextFloat() - 1;
        }
        return guide;
    }
}
