package dev.polyphony.datasets.corruptions;

import dev.polyphony.datasets.ImageShape;
import org.apache.commons.rng.UniformRandomProvider;

/** Blurs: each keeps a constant image as it is. */
final class Blur {

    private static final double[][] DISKS = {{0.3, 0.4}, {0.4, 0.5}, {0.5, 0.6}, {1, 0.2}, {1.5, 0.1}};
    private static final double[] GLASS_DEVIATIONS = {0.05, 0.25, 0.4, 0.25, 0.4};
    private static final int[] GLASS_PASSES = {1, 1, 1, 2, 2};
    private static final double[][] STREAKS = {{6, 1}, {6, 1.5}, {6, 2}, {8, 2}, {9, 2.5}};

    /** The published ranges end at 5 and 10 steps, but binary fractions let them take one more. */
    private static final int[] ZOOM_STEPS = {6, 11, 15, 20, 25};

    /** A hundredth as the published ranges have it: 26 pixels enlarged 25 times this much are 33, not 32. */
    private static final double ZOOM_STEP = 1.01 - 1;

    private Blur() {}

    /** A disk whose edge is softened by a small Gaussian. */
    static Effect defocus(ImageShape shape, int severity) {
        double radius = DISKS[severity - 1][0];
        Kernel disk = disk(radius);
        Kernel[] soft = Kernel.gaussian(DISKS[severity - 1][1], 1, Border.REFLECT);
        return (picture, random) -> {
            disk.apply(picture);
            soft[0].apply(picture);
            soft[1].apply(picture);
        };
    }

    /** Pixels are replaced by near ones, between two small Gaussian blurs. */
    static Effect glass(ImageShape shape, int severity) {
        double deviation = GLASS_DEVIATIONS[severity - 1];
        int passes = GLASS_PASSES[severity - 1];
        Kernel[] soft = Kernel.gaussian(deviation, (int) (4 * deviation + 0.5), Border.CLAMP);
        return (picture, random) -> {
            soft[0].apply(picture);
            soft[1].apply(picture);
            for (int pass = 0; pass < passes; pass++) {
                scatter(picture, random);
            }
            soft[0].apply(picture);
            soft[1].apply(picture);
        };
    }

    /** A streak at a random angle, within 45 degrees of level. */
    static Effect motion(ImageShape shape, int severity) {
        double radius = STREAKS[severity - 1][0];
        double deviation = STREAKS[severity - 1][1];
        return (picture, random) ->
                streak(radius, deviation, -45 + 90 * random.nextDouble()).apply(picture);
    }

    /**
     * The mean of an image and of its enlargements in steps of a hundredth, the first of which is itself again. As
     * published, an enlargement has whole pixels, so the smallest images hardly change at the first severity.
     */
    static Effect zoom(ImageShape shape, int severity) {
        int steps = ZOOM_STEPS[severity - 1];
        Zoom[] zooms = new Zoom[steps + 1];
        for (int step = 0; step <= steps; step++) {
            zooms[step] = new Zoom(shape.height(), shape.width(), 1 + step * ZOOM_STEP);
        }
        float[] sum = new float[shape.pixels()];
        return (picture, random) -> {
            float[] values = picture.values();
            System.arraycopy(values, 0, sum, 0, sum.length);
            for (int channel = 0; channel < picture.channels(); channel++) {
                for (Zoom zoom : zooms) {
                    zoom.add(values, channel * picture.plane(), sum);
                }
            }
            for (int i = 0; i < sum.length; i++) {
                values[i] = sum[i] / (steps + 2);
            }
        };
    }

    /**
     * Half a Gaussian along a line: what moves leaves a trail on one side. The length is that of ImageMagick for a
     * radius, which the published files were made with.
     *
     * @param angle in degrees
     */
    static Kernel streak(double radius, double deviation, double angle) {
        int taps = 2 * (int) Math.ceil(radius) + 1;
        int[] down = new int[taps];
        int[] right = new int[taps];
        double[] weight = new double[taps];
        for (int tap = 0; tap < taps; tap++) {
            down[tap] = (int) Math.ceil(tap * StrictMath.sin(StrictMath.toRadians(angle)) - 0.5);
            right[tap] = (int) Math.ceil(tap * StrictMath.cos(StrictMath.toRadians(angle)) - 0.5);
            weight[tap] = Kernel.bell(tap, deviation);
        }
        return Kernel.of(down, right, weight, Border.CLAMP);
    }

    private static Kernel disk(double radius) {
        int reach = (int) radius;
        int side = 2 * reach + 1;
        int[] down = new int[side * side];
        int[] right = new int[side * side];
        double[] weight = new double[side * side];
        for (int tap = 0; tap < weight.length; tap++) {
            down[tap] = tap / side - reach;
            right[tap] = tap % side - reach;
            weight[tap] = down[tap] * down[tap] + right[tap] * right[tap] <= radius * radius ? 1 : 0;
        }
        return Kernel.of(down, right, weight, Border.REFLECT);
    }

    /**
     * From the last pixel to the third, each is replaced by itself or a neighbour above and to the left. The published
     * generator means to swap the two, but its assignment copies: it reads the neighbour's place through a view that it
     * has just overwritten. Swaps would carry pixels across the whole image.
     */
    private static void scatter(Picture picture, UniformRandomProvider random) {
        float[] values = picture.values();
        int width = picture.width();
        for (int row = picture.height() - 1; row > 1; row--) {
            for (int column = width - 1; column > 1; column--) {
                int other = (row - random.nextInt(2)) * width + column - random.nextInt(2);
                for (int start = 0; start < values.length; start += picture.plane()) {
                    values[start + row * width + column] = values[start + other];
                }
            }
        }
    }
}
