package dev.polyphony.datasets;

/** Turns square images. */
final class Rotation {

    private Rotation() {}

    /**
     * Turns images by 90 degrees against the clock, which moves pixels and makes none up.
     *
     * @param dataset names the data set in the message
     * @param upright only read
     * @return the images in the same order, with the same labels
     * @throws InvalidDataException if the images are not square
     */
    static Images quarterTurn(String dataset, Images upright) {
        ImageShape shape = upright.shape();
        if (shape.height() != shape.width()) {
            throw new InvalidDataException(
                    "the images of data set " + dataset + " are " + shape + "; only square ones can be turned");
        }
        int size = shape.pixels();
        byte[] turned = new byte[Math.multiplyExact(upright.count(), size)];
        byte[] image = new byte[size];
        for (int i = 0; i < upright.count(); i++) {
            upright.copy(i, image, 0);
            turn(image, shape.width(), turned, i * size);
        }
        return new Images(shape, turned, upright.labels());
    }

    private static void turn(byte[] image, int side, byte[] out, int offset) {
        for (int plane = 0; plane < image.length; plane += side * side) {
            for (int row = 0; row < side; row++) {
                for (int column = 0; column < side; column++) {
                    int from = plane + column * side + side - 1 - row;
                    out[offset + plane + row * side + column] = image[from];
                }
            }
        }
    }
}
