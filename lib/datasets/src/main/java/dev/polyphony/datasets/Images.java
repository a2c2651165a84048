package dev.polyphony.datasets;

/** Labelled images: unsigned bytes [N, C, H, W], labels [N]. */
@SuppressWarnings("ArrayRecordComponent")
public record Images(ImageShape shape, byte[] pixels, int[] labels) {
    public Images {
        if (pixels.length != labels.length * shape.pixels()) {
            throw new IllegalArgumentException(pixels.length + " pixels for " + labels.length + " labels");
        }
    }

    /** Number of images. */
    public int count() {
        return labels.length;
    }
}
