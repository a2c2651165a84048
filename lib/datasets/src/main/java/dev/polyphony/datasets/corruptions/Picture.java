package dev.polyphony.datasets.corruptions;

import dev.polyphony.datasets.ImageShape;

/** An image being worked on: floats, 0 black and 1 white, [C, H, W]. */
final class Picture {

    private static final float WHITE = 255f;

    private final ImageShape shape;
    private final float[] values;

    Picture(ImageShape shape) {
        this.shape = shape;
        this.values = new float[shape.pixels()];
    }

    int channels() {
        return shape.channels();
    }

    int height() {
        return shape.height();
    }

    int width() {
        return shape.width();
    }

    /** Pixels of a channel. */
    int plane() {
        return shape.height() * shape.width();
    }

    /** The values themselves, to be changed in place. */
    float[] values() {
        return values;
    }

    /** Takes the unsigned bytes of an image. */
    void load(byte[] pixels, int offset) {
        for (int i = 0; i < values.length; i++) {
            values[i] = (pixels[offset + i] & 0xFF) / WHITE;
        }
    }

    /** Writes unsigned bytes: clipped, and rounded to the nearest. */
    void store(byte[] pixels, int offset) {
        for (int i = 0; i < values.length; i++) {
            pixels[offset + i] = (byte) level(values[i]);
        }
    }

    /** The values clipped and rounded to what a byte can hold. */
    void quantise() {
        for (int i = 0; i < values.length; i++) {
            values[i] = level(values[i]) / WHITE;
        }
    }

    /** Brightness of a pixel by ITU-R BT.601, or the one channel itself. */
    float grey(int pixel) {
        if (shape.channels() == 1) {
            return values[pixel];
        }
        int plane = plane();
        return 0.299f * values[pixel] + 0.587f * values[plane + pixel] + 0.114f * values[2 * plane + pixel];
    }

    /** The unsigned byte nearest to a value, from 0 to 255. */
    static int level(float value) {
        return Math.round(clip(value) * WHITE);
    }

    static float clip(float value) {
        return Math.max(0f, Math.min(1f, value));
    }
}
