package dev.polyphony.datasets;

/**
 * Shape of an image.
 *
 * @param channels C, at least 1
 * @param height H in pixels, at least 1
 * @param width W in pixels, at least 1
 */
public record ImageShape(int channels, int height, int width) {

    public ImageShape {
        if (channels < 1 || height < 1 || width < 1) {
            throw new IllegalArgumentException(
                    "an image has at least 1 channel and 1 pixel, not " + channels + " x " + height + " x " + width);
        }
    }

    /** Values of an image, all channels. */
    public int pixels() {
        return channels * height * width;
    }

    /** For messages, such as 3 x 32 x 32. */
    @Override
    public String toString() {
        return channels + " x " + height + " x " + width;
    }
}
