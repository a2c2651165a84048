package dev.polyphony.datasets;

import java.util.Arrays;
import java.util.Objects;

/**
 * Labelled images, in the order of their files. The arrays are shared, not copied: a data set is read once and only
 * read from then on.
 *
 * @param shape of each image
 * @param pixels unsigned bytes, [N, C, H, W]
 * @param labels class of each image, from 0 on, [N]
 */
@SuppressWarnings("ArrayRecordComponent")
public record Images(ImageShape shape, byte[] pixels, int[] labels) {

    public Images {
        if (pixels.length != (long) labels.length * shape.pixels()) {
            throw new IllegalArgumentException(pixels.length + " pixels for " + labels.length + " labels; images of "
                    + shape + " have " + shape.pixels() + " each");
        }
    }

    /** Number of images. */
    public int count() {
        return labels.length;
    }

    /**
     * The images from one index to before another, copied.
     *
     * @throws IndexOutOfBoundsException if there are no such images
     */
    Images range(int from, int to) {
        Objects.checkFromToIndex(from, to, count());
        int size = shape.pixels();
        return new Images(
                shape, Arrays.copyOfRange(pixels, from * size, to * size), Arrays.copyOfRange(labels, from, to));
    }
}
