package dev.polyphony.datasets.corruptions;

import dev.polyphony.datasets.ImageShape;
import dev.polyphony.datasets.Images;
import java.util.Arrays;
import java.util.SplittableRandom;

/** Images to corrupt, and what is asked of the results. */
final class Samples {

    private Samples() {}

    /** Images of one level. */
    static Images flat(ImageShape shape, int count, int level) {
        byte[] pixels = new byte[count * shape.pixels()];
        Arrays.fill(pixels, (byte) level);
        return new Images(shape, pixels, new int[count]);
    }

    /** A rectangle of one colour on a slope, at places of its own in each image; labels count the images. */
    static Images drawn(ImageShape shape, int count) {
        SplittableRandom random = new SplittableRandom(4);
        byte[] pixels = new byte[count * shape.pixels()];
        int[] labels = new int[count];
        for (int image = 0; image < count; image++) {
            labels[image] = image;
            int top = random.nextInt(shape.height() / 2);
            int left = random.nextInt(shape.width() / 2);
            for (int channel = 0; channel < shape.channels(); channel++) {
                int inside = 90 + random.nextInt(160);
                int slope = random.nextInt(80);
                for (int row = 0; row < shape.height(); row++) {
                    for (int column = 0; column < shape.width(); column++) {
                        boolean in = row >= top
                                && row < top + shape.height() / 2
                                && column >= left
                                && column < left + shape.width() / 2;
                        int level = in ? inside - (row + column) % 3 * 10 : slope * (row + column) / shape.width();
                        pixels[image * shape.pixels() + (channel * shape.height() + row) * shape.width() + column] =
                                (byte) level;
                    }
                }
            }
        }
        return new Images(shape, pixels, labels);
    }

    static double mean(Images images) {
        long sum = 0;
        for (byte pixel : images.pixels()) {
            sum += pixel & 0xFF;
        }
        return (double) sum / images.pixels().length;
    }

    static double variance(Images images) {
        double mean = mean(images);
        double sum = 0;
        for (byte pixel : images.pixels()) {
            double difference = (pixel & 0xFF) - mean;
            sum += difference * difference;
        }
        return sum / images.pixels().length;
    }

    /** Mean absolute difference, in levels. */
    static double difference(Images one, Images other) {
        long sum = 0;
        for (int i = 0; i < one.pixels().length; i++) {
            sum += Math.abs((one.pixels()[i] & 0xFF) - (other.pixels()[i] & 0xFF));
        }
        return (double) sum / one.pixels().length;
    }

    /** Share of the values that are a level. */
    static double share(Images images, int level) {
        int found = 0;
        for (byte pixel : images.pixels()) {
            found += (pixel & 0xFF) == level ? 1 : 0;
        }
        return (double) found / images.pixels().length;
    }
}
