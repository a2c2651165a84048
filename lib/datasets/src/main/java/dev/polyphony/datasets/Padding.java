package dev.polyphony.datasets;

/** Makes images larger. */
final class Padding {

    private Padding() {}

    /**
     * Puts images into the middle of a larger black square.
     *
     * @param images only read
     * @param pixels added on each of the four sides, at least 0
     * @return the images in the same order, with the same labels
     */
    static Images black(Images images, int pixels) {
        ImageShape shape = images.shape();
        ImageShape larger = new ImageShape(shape.channels(), shape.height() + 2 * pixels, shape.width() + 2 * pixels);
        byte[] padded = new byte[Math.multiplyExact(images.count(), larger.pixels())];
        byte[] image = new byte[shape.pixels()];
        for (int i = 0; i < images.count(); i++) {
            images.copy(i, image, 0);
            for (int row = 0; row < shape.channels() * shape.height(); row++) {
                int channel = row / shape.height();
                int line = channel * larger.height() + pixels + row % shape.height();
                int to = i * larger.pixels() + line * larger.width() + pixels;
                System.arraycopy(image, row * shape.width(), padded, to, shape.width());
            }
        }
        return new Images(larger, padded, images.labels());
    }
}
