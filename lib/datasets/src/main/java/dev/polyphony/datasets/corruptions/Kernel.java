package dev.polyphony.datasets.corruptions;

import java.util.Arrays;

/**
 * A weighted sum of neighbours. Weights are normalised, so that a blur keeps the mean.
 *
 * @param down rows from the pixel to the neighbour, per tap
 * @param right columns from the pixel to the neighbour, per tap
 * @param weight per tap
 * @param border where neighbours outside of the image come from
 */
@SuppressWarnings("ArrayRecordComponent")
record Kernel(int[] down, int[] right, float[] weight, Border border) {

    /** Normalises the weights. */
    static Kernel of(int[] down, int[] right, double[] weight, Border border) {
        double total = 0;
        for (double tap : weight) {
            total += tap;
        }
        float[] share = new float[weight.length];
        for (int tap = 0; tap < share.length; tap++) {
            share[tap] = (float) (weight[tap] / total);
        }
        return new Kernel(down, right, share, border);
    }

    /** Both directions of a Gaussian, cut off at a reach. */
    static Kernel[] gaussian(double deviation, int reach, Border border) {
        int taps = 2 * reach + 1;
        int[] along = new int[taps];
        double[] weight = new double[taps];
        for (int tap = 0; tap < taps; tap++) {
            along[tap] = tap - reach;
            weight[tap] = bell(along[tap], deviation);
        }
        int[] still = new int[taps];
        return new Kernel[] {of(still, along, weight, border), of(along, still, weight, border)};
    }

    /** exp(-distance^2 / (2 deviation^2)), and 1 at 0 whatever the deviation. */
    static double bell(double distance, double deviation) {
        return distance == 0 ? 1 : StrictMath.exp(-distance * distance / (2 * deviation * deviation));
    }

    /** Blurs every channel of an image. */
    void apply(Picture picture) {
        for (int channel = 0; channel < picture.channels(); channel++) {
            apply(picture.values(), channel * picture.plane(), picture.height(), picture.width());
        }
    }

    /** Blurs a plane in place, [H, W] from an offset on. */
    void apply(float[] values, int offset, int height, int width) {
        int above = reach(down);
        int beside = reach(right);
        int stride = width + 2 * beside;
        float[] padded = padded(values, offset, height, width, above, beside);
        float[] line = new float[width];
        for (int row = 0; row < height; row++) {
            Arrays.fill(line, 0f);
            for (int tap = 0; tap < weight.length; tap++) {
                int from = (row + above + down[tap]) * stride + beside + right[tap];
                float share = weight[tap];
                for (int column = 0; column < width; column++) {
                    line[column] += share * padded[from + column];
                }
            }
            System.arraycopy(line, 0, values, offset + row * width, width);
        }
    }

    private float[] padded(float[] values, int offset, int height, int width, int above, int beside) {
        int stride = width + 2 * beside;
        float[] padded = new float[(height + 2 * above) * stride];
        for (int row = 0; row < height + 2 * above; row++) {
            int source = offset + border.inside(row - above, height) * width;
            for (int column = 0; column < beside; column++) {
                padded[row * stride + column] = values[source + border.inside(column - beside, width)];
                padded[row * stride + beside + width + column] = values[source + border.inside(width + column, width)];
            }
            System.arraycopy(values, source, padded, row * stride + beside, width);
        }
        return padded;
    }

    private static int reach(int[] offsets) {
        int reach = 0;
        for (int offset : offsets) {
            reach = Math.max(reach, Math.abs(offset));
        }
        return reach;
    }
}
