package dev.polyphony.datasets;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Objects;

/**
 * Labelled images, in the order of their files. They lie in memory, or in a file that is mapped into it where they are
 * too many. Nothing is copied that need not be: a data set is read once and only read from then on.
 */
public final class Images {

    private final ImageShape shape;
    private final ByteBuffer pixels;
    private final int[] labels;

    /**
     * Images in memory; the arrays are shared, not copied.
     *
     * @param shape of each image
     * @param pixels unsigned bytes, [N, C, H, W]
     * @param labels class of each image, from 0 on, [N]
     */
    public Images(ImageShape shape, byte[] pixels, int[] labels) {
        this(shape, ByteBuffer.wrap(pixels), labels);
    }

    /** Images between position and limit of a buffer, wherever it lies. */
    Images(ImageShape shape, ByteBuffer pixels, int[] labels) {
        if (pixels.remaining() != (long) labels.length * shape.pixels()) {
            throw new IllegalArgumentException(pixels.remaining() + " pixels for " + labels.length
                    + " labels; images of " + shape + " have " + shape.pixels() + " each");
        }
        this.shape = shape;
        this.pixels = pixels.slice();
        this.labels = labels;
    }

    /** Shape of each image. */
    public ImageShape shape() {
        return shape;
    }

    /**
     * All pixels, unsigned bytes, [N, C, H, W]: the array itself where there is one, else a copy, which for the
     * training images of a large data set may not fit in memory. Only to be read.
     */
    public byte[] pixels() {
        if (pixels.hasArray() && pixels.arrayOffset() == 0 && pixels.array().length == pixels.limit()) {
            return pixels.array();
        }
        byte[] copy = new byte[pixels.limit()];
        pixels.get(0, copy);
        return copy;
    }

    /** Class of each image, from 0 on, [N]. Only to be read. */
    public int[] labels() {
        return labels;
    }

    /** Number of images. */
    public int count() {
        return labels.length;
    }

    /**
     * Copies the pixels of one image, [C, H, W].
     *
     * @param image its index
     * @param out where they are put
     * @param offset of the first pixel in {@code out}
     * @throws IndexOutOfBoundsException if there is no such image, or no room for it
     */
    public void copy(int image, byte[] out, int offset) {
        Objects.checkIndex(image, count());
        pixels.get(image * shape.pixels(), out, offset, shape.pixels());
    }

    /**
     * The images from one index to before another; a view.
     *
     * @throws IndexOutOfBoundsException if there are no such images
     */
    Images range(int from, int to) {
        Objects.checkFromToIndex(from, to, count());
        int size = shape.pixels();
        return new Images(shape, pixels.slice(from * size, (to - from) * size), Arrays.copyOfRange(labels, from, to));
    }
}
