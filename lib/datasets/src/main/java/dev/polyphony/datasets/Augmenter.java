package dev.polyphony.datasets;

import dev.polyphony.experiment.DatasetPart;
import dev.polyphony.experiment.Randomness;
import org.apache.commons.rng.UniformRandomProvider;

/** Draws augmented minibatches; every draw is a function of its arguments alone. */
public final class Augmenter {

    /** Padding of CIFAR's 32 x 32 images, and of Fashion-MNIST's. */
    static final int USUAL_PADDING = 4;

    private Augmenter() {}

    /**
     * Draws a minibatch of training images. {@code CROP_FLIP} pads each image with zeros, as many on each side as the
     * data set says, crops it at random to its own size, and mirrors it with probability one half, as the authors'
     * reference code does.
     *
     * @param dataset whose training images are drawn; only read
     * @param indices of the images, [B]
     * @param augmentation what is done to each
     * @param seed of the stream
     * @param step counted over all epochs
     * @return unsigned bytes, [B, C, H, W]
     * @throws IndexOutOfBoundsException if there is no image of an index
     */
    public static byte[] draw(
            Dataset dataset, int[] indices, DatasetPart.Augmentation augmentation, long seed, long step) {
        return draw(dataset.train(), dataset.cropPadding(), indices, augmentation, seed, step);
    }

    /** Draws from images that are padded by 4, which are those of all data sets here but TinyImageNet. */
    public static byte[] draw(
            Images images, int[] indices, DatasetPart.Augmentation augmentation, long seed, long step) {
        return draw(images, USUAL_PADDING, indices, augmentation, seed, step);
    }

    private static byte[] draw(
            Images images, int padding, int[] indices, DatasetPart.Augmentation augmentation, long seed, long step) {
        int size = images.shape().pixels();
        byte[] out = new byte[Math.multiplyExact(indices.length, size)];
        switch (augmentation) {
            case NONE -> {
                for (int i = 0; i < indices.length; i++) {
                    images.copy(indices[i], out, i * size);
                }
            }
            case CROP_FLIP -> {
                UniformRandomProvider random = Randomness.of(seed, Randomness.Purpose.AUGMENTATION, step);
                byte[] image = new byte[size];
                for (int i = 0; i < indices.length; i++) {
                    images.copy(indices[i], image, 0);
                    int down = random.nextInt(2 * padding + 1) - padding;
                    int right = random.nextInt(2 * padding + 1) - padding;
                    crop(images.shape(), image, down, right, out, i);
                    if (random.nextBoolean()) {
                        mirror(images.shape(), out, i);
                    }
                }
            }
        }
        return out;
    }

    /** Copies the window that begins at (down, right) of an image; what lies outside of the image stays black. */
    private static void crop(ImageShape shape, byte[] image, int down, int right, byte[] out, int place) {
        int width = shape.width();
        int height = shape.height();
        int length = width - Math.abs(right);
        int firstRow = Math.max(0, -down);
        int rows = height - Math.abs(down);
        if (length <= 0) {
            return;
        }
        for (int channel = 0; channel < shape.channels(); channel++) {
            int source = channel * height * width;
            int target = place * shape.pixels() + source;
            for (int row = firstRow; row < firstRow + rows; row++) {
                System.arraycopy(
                        image,
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
