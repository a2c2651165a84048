package dev.polyphony.datasets;

import dev.polyphony.experiment.DatasetPart;
import dev.polyphony.experiment.Randomness;
import java.util.Objects;
import org.apache.commons.rng.UniformRandomProvider;

/** Draws augmented minibatches; every draw is a function of its arguments alone. */
public final class Augmenter {

    /** Black pixels added on each side before cropping, for CIFAR's 32 x 32 images and all others here. */
    static final int PADDING = 4;

    private Augmenter() {}

    /**
     * Draws a minibatch. {@code CROP_FLIP} pads each image with zeros, crops it at random to its own size, and mirrors
     * it with probability one half, as the authors' reference code does.
     *
     * @param images are only read
     * @param indices of the images, [B]
     * @param augmentation what is done to each
     * @param seed of the stream
     * @param step counted over all epochs
     * @return unsigned bytes, [B, C, H, W]
     * @throws IndexOutOfBoundsException if there is no image of an index
     */
    public static byte[] draw(
            Images images, int[] indices, DatasetPart.Augmentation augmentation, long seed, long step) {
        for (int index : indices) {
            Objects.checkIndex(index, images.count());
        }
        int size = images.shape().pixels();
        byte[] out = new byte[Math.multiplyExact(indices.length, size)];
        switch (augmentation) {
            case NONE -> {
                for (int i = 0; i < indices.length; i++) {
                    System.arraycopy(images.pixels(), indices[i] * size, out, i * size, size);
                }
            }
            case CROP_FLIP -> {
                UniformRandomProvider random = Randomness.of(seed, Randomness.Purpose.AUGMENTATION, step);
                for (int i = 0; i < indices.length; i++) {
                    int down = random.nextInt(2 * PADDING + 1) - PADDING;
                    int right = random.nextInt(2 * PADDING + 1) - PADDING;
                    crop(images, indices[i], down, right, out, i);
                    if (random.nextBoolean()) {
                        mirror(images.shape(), out, i);
                    }
                }
            }
        }
        return out;
    }

    /** Copies the window that begins at (down, right) of an image; what lies outside of the image stays black. */
    private static void crop(Images images, int image, int down, int right, byte[] out, int place) {
        ImageShape shape = images.shape();
        int width = shape.width();
        int height = shape.height();
        int length = width - Math.abs(right);
        int firstRow = Math.max(0, -down);
        int rows = height - Math.abs(down);
        if (length <= 0) {
            return;
        }
        for (int channel = 0; channel < shape.channels(); channel++) {
            int source = image * shape.pixels() + channel * height * width;
            int target = place * shape.pixels() + channel * height * width;
            for (int row = firstRow; row < firstRow + rows; row++) {
                System.arraycopy(
                        images.pixels(),
                        source + (row + down) * width + Math.max(0, right),
                        out,
                        target + row * width + Math.max(0, -right),
                        length);
            }
        }
    }

    private static void mirror(ImageShape shape, byte[] out, int place) {
        int width = shape.width();
        int end = (place + 1) * shape.pixels();
        for (int row = place * shape.pixels(); row < end; row += width) {
            for (int left = row, right = row + width - 1; left < right; left++, right--) {
                byte pixel = out[left];
                out[left] = out[right];
                out[right] = pixel;
            }
        }
    }
}
