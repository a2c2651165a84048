package dev.polyphony.datasets.corruptions;

import dev.polyphony.datasets.ImageShape;
import org.apache.commons.rng.UniformRandomProvider;

/**
 * A random affine map (three points of the middle are moved), then a displacement of each pixel by smoothed noise. All
 * lengths are shares of the shorter side, as they are of 32 in the published generator.
 */
final class Elastic implements Effect {

    /** Strength and smoothness of the displacement, and how far a point of the affine map moves. */
    private static final double[][] SHARES = {
        {0, 0, 0.08}, {0.05, 0.2, 0.07}, {0.08, 0.06, 0.06}, {0.1, 0.04, 0.05}, {0.1, 0.03, 0.03}
    };

    private static final int POINTS = 3;

    private final int height;
    private final int width;
    private final double strength;
    private final double jitter;
    private final Kernel[] smooth;
    private final float[] down;
    private final float[] right;
    private final float[] source;

    Elastic(ImageShape shape, int severity) {
        this.height = shape.height();
        this.width = shape.width();
        double side = Math.min(height, width);
        double deviation = side * SHARES[severity - 1][1];
        this.strength = side * SHARES[severity - 1][0];
        this.jitter = side * SHARES[severity - 1][2];
        this.smooth = Kernel.gaussian(deviation, (int) (3 * deviation + 0.5), Border.SYMMETRIC);
        this.down = new float[height * width];
        this.right = new float[height * width];
        this.source = new float[height * width];
    }

    @Override
    public void apply(Picture picture, UniformRandomProvider random) {
        affine(random);
        warp(picture, Border.REFLECT);
        if (strength > 0) {
            displacement(random, down);
            displacement(random, right);
            for (int pixel = 0; pixel < source.length; pixel++) {
                int row = pixel / width;
                down[pixel] += row;
                right[pixel] += pixel - row * width;
            }
            warp(picture, Border.SYMMETRIC);
        }
    }

    /** Where each pixel comes from if the three points go where they are moved. */
    private void affine(UniformRandomProvider random) {
        int row = height / 2;
        int column = width / 2;
        int arm = Math.min(height, width) / 3;
        double[] fromRow = {row + arm, row - arm, row - arm};
        double[] fromColumn = {column + arm, column + arm, column - arm};
        double[] toRow = new double[POINTS];
        double[] toColumn = new double[POINTS];
        for (int point = 0; point < POINTS; point++) {
            toRow[point] = fromRow[point] + jitter * (2 * random.nextDouble() - 1);
            toColumn[point] = fromColumn[point] + jitter * (2 * random.nextDouble() - 1);
        }
        double oneRow = toRow[1] - toRow[0];
        double oneColumn = toColumn[1] - toColumn[0];
        double twoRow = toRow[2] - toRow[0];
        double twoColumn = toColumn[2] - toColumn[0];
        double area = oneRow * twoColumn - oneColumn * twoRow;
        for (int pixel = 0; pixel < source.length; pixel++) {
            int at = pixel / width;
            double y = at - toRow[0];
            double x = pixel - at * width - toColumn[0];
            double one = (y * twoColumn - x * twoRow) / area;
            double two = (x * oneRow - y * oneColumn) / area;
            down[pixel] = (float) between(fromRow, one, two);
            right[pixel] = (float) between(fromColumn, one, two);
        }
    }

    private static double between(double[] corner, double one, double two) {
        return corner[0] + one * (corner[1] - corner[0]) + two * (corner[2] - corner[0]);
    }

    private void displacement(UniformRandomProvider random, float[] field) {
        for (int pixel = 0; pixel < field.length; pixel++) {
            field[pixel] = 2 * random.nextFloat() - 1;
        }
        for (Kernel kernel : smooth) {
            kernel.apply(field, 0, height, width);
        }
        for (int pixel = 0; pixel < field.length; pixel++) {
            field[pixel] *= (float) strength;
        }
    }

    private void warp(Picture picture, Border border) {
        float[] values = picture.values();
        for (int start = 0; start < values.length; start += source.length) {
            System.arraycopy(values, start, source, 0, source.length);
            for (int pixel = 0; pixel < source.length; pixel++) {
                values[start + pixel] = seen(down[pixel], right[pixel], border);
            }
        }
    }

    /** The source between its pixels, bilinearly. */
    private float seen(float row, float column, Border border) {
        int top = (int) Math.floor(row);
        int left = (int) Math.floor(column);
        int upper = border.inside(top, height) * width;
        int lower = border.inside(top + 1, height) * width;
        int near = border.inside(left, width);
        int far = border.inside(left + 1, width);
        float beside = column - left;
        float above = source[upper + near] + beside * (source[upper + far] - source[upper + near]);
        float below = source[lower + near] + beside * (source[lower + far] - source[lower + near]);
        return above + (row - top) * (below - above);
    }
}
