package dev.polyphony.datasets;

/** Shape of an image. */
public record ImageShape(int channels, int height, int width) {
    /** Pixels of an image, all channels. */
    public int pixels() {
        return channels * height * width;
    }
}
