package dev.polyphony.datasets;

import dev.polyphony.experiment.DatasetPart;
import dev.polyphony.experiment.Randomness;
import org.apache.commons.rng.UniformRandomProvider;

/** Draws augmented minibatches. */
public final class Augmenter {
    private static final int PADDING = 4;

    private Augmenter() {}

    /** Pixels of a minibatch, [B, C, H, W]. */
    public static byte[] draw(
            Images images, int[] indices, DatasetPart.Augmentation augmentation, long seed, long step) {
        int size = images.shape().pixels();
        byte[] out = new byte[indices.length * size];
        UniformRandomProvider random = Randomness.of(seed, Randomness.Purpose.AUGMENTATION, step);
        for (int i = 0; i < indices.length; i++) {
            if (augmentation == DatasetPart.Augmentation.NONE) {
                System.arraycopy(images.pixels(), indices[i] * size, out, i * size, size);
            } else {
                int dy = random.nextInt(2 * PADDING + 1) - PADDING;
                int dx = random.nextInt(2 * PADDING + 1) - PADDING;
                boolean flip = random.nextBoolean();
                ImageShape s = images.shape();
                for (int c = 0; c < s.channels(); c++) {
                    for (int y = 0; y < s.height(); y++) {
                        for (int x = 0; x < s.width(); x++) {
                            int fx = flip ? s.width() - 1 - x : x;
                            int sy = y + dy;
                            int sx = fx + dx;
                            if (sy >= 0 && sy < s.height() && sx >= 0 && sx < s.width()) {
                                out[i * size + (c * s.height() + y) * s.width() + x] =
                                        images.pixels()[indices[i] * size + (c * s.height() + sy) * s.width() + sx];
                            }
                        }
                    }
                }
            }
        }
        return out;
    }
}
