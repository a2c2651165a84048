package dev.polyphony.datasets.corruptions;

import org.apache.commons.rng.UniformRandomProvider;

/**
 * Clouds by the diamond-square algorithm (Fournier, Fussell and Carpenter, "Computer Rendering of Stochastic Models",
 * CACM 1982) on a torus, so that they have no seam.
 */
final class Plasma {

    private static final double FIRST_WIBBLE = 100;

    private final int side;
    private final float[] map;
    private final UniformRandomProvider random;

    private Plasma(int side, UniformRandomProvider random) {
        this.side = side;
        this.map = new float[side * side];
        this.random = random;
    }

    /**
     * Clouds from 0 to 1, [side, side].
     *
     * @param side a power of two
     * @param decay of the wibble from one scale to the next finer; its square scales the heights, and the larger it is
     *     the smoother the clouds are
     */
    static float[] of(int side, double decay, UniformRandomProvider random) {
        Plasma plasma = new Plasma(side, random);
        double wibble = FIRST_WIBBLE;
        for (int step = side; step > 1; step /= 2) {
            plasma.squares(step, wibble * wibble);
            plasma.diamonds(step, wibble * wibble);
            wibble /= decay;
        }
        return normalised(plasma.map);
    }

    /** The middle of each square: the mean of its corners, and chance. */
    private void squares(int step, double amplitude) {
        int half = step / 2;
        for (int row = 0; row < side; row += step) {
            for (int column = 0; column < side; column += step) {
                float mean = at(row, column)
                        + at(row + step, column)
                        + at(row, column + step)
                        + at(row + step, column + step);
                set(row + half, column + half, mean / 4, amplitude);
            }
        }
    }

    /** The middle of each edge: the mean of its ends and of the middles on both sides, and chance. */
    private void diamonds(int step, double amplitude) {
        int half = step / 2;
        for (int row = 0; row < side; row += step) {
            for (int column = 0; column < side; column += step) {
                around(row, column + half, half, amplitude);
                around(row + half, column, half, amplitude);
            }
        }
    }

    private void around(int row, int column, int half, double amplitude) {
        float mean = at(row - half, column) + at(row + half, column) + at(row, column - half) + at(row, column + half);
        set(row, column, mean / 4, amplitude);
    }

    private float at(int row, int column) {
        return map[(row & (side - 1)) * side + (column & (side - 1))];
    }

    private void set(int row, int column, float mean, double amplitude) {
        map[row * side + column] = mean + (float) (amplitude * (2 * random.nextDouble() - 1));
    }

    private static float[] normalised(float[] map) {
        float least = Float.POSITIVE_INFINITY;
        float most = Float.NEGATIVE_INFINITY;
        for (float height : map) {
            least = Math.min(least, height);
            most = Math.max(most, height);
        }
        for (int i = 0; i < map.length; i++) {
            map[i] = (map[i] - least) / (most - least);
        }
        return map;
    }
}
