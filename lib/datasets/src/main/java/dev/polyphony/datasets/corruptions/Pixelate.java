package dev.polyphony.datasets.corruptions;

import dev.polyphony.datasets.ImageShape;
import org.apache.commons.rng.UniformRandomProvider;

/**
 * Shrinks an image to a share of its sides, rounded down, and enlarges it again. A box of the shrunk image is the mean of
 * those whole pixels whose middles lie in it, as in the Python Imaging Library, and is enlarged without interpolation.
 */
final class Pixelate implements Effect {

    private final Axis rows;
    private final Axis columns;
    private final float[] boxes;

    Pixelate(ImageShape shape, double share) {
        this.rows = Axis.of(shape.height(), share);
        this.columns = Axis.of(shape.width(), share);
        this.boxes = new float[rows.from.length * columns.from.length];
    }

    @Override
    public void apply(Picture picture, UniformRandomProvider random) {
        for (int channel = 0; channel < picture.channels(); channel++) {
            int offset = channel * picture.plane();
            for (int box = 0; box < boxes.length; box++) {
                boxes[box] = mean(picture, offset, box / columns.from.length, box % columns.from.length);
            }
            for (int pixel = 0; pixel < picture.plane(); pixel++) {
                int down = rows.box[pixel / picture.width()];
                int right = columns.box[pixel % picture.width()];
                picture.values()[offset + pixel] = boxes[down * columns.from.length + right];
            }
        }
    }

    private float mean(Picture picture, int offset, int down, int right) {
        float sum = 0;
        for (int row = rows.from[down]; row < rows.to[down]; row++) {
            for (int column = columns.from[right]; column < columns.to[right]; column++) {
                sum += picture.values()[offset + row * picture.width() + column];
            }
        }
        return sum / ((rows.to[down] - rows.from[down]) * (columns.to[right] - columns.from[right]));
    }

    /**
     * How pixels and boxes meet along one axis.
     *
     * @param from the first pixel of each box
     * @param to the pixel after the last of each box
     * @param box of each pixel of the enlarged image
     */
    @SuppressWarnings("ArrayRecordComponent")
    private record Axis(int[] from, int[] to, int[] box) {

        static Axis of(int size, double share) {
            int boxes = (int) (size * share);
            double side = (double) size / boxes;
            int[] from = new int[boxes];
            int[] to = new int[boxes];
            for (int i = 0; i < boxes; i++) {
                from[i] = (int) Math.max(0, i * side + 0.5);
                to[i] = (int) Math.min(size, (i + 1) * side + 0.5);
            }
            int[] box = new int[size];
            for (int pixel = 0; pixel < size; pixel++) {
                box[pixel] = (int) ((pixel + 0.5) / side);
            }
            return new Axis(from, to, box);
        }
    }
}
