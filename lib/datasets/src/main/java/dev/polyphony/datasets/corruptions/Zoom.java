package dev.polyphony.datasets.corruptions;

/** Enlarges the middle of a plane to its full size, bilinearly, with the corners of the cut-out on those of the result. */
final class Zoom {

    private final int width;
    private final Axis rows;
    private final Axis columns;

    /** @param factor at least 1 */
    Zoom(int height, int width, double factor) {
        this.width = width;
        this.rows = Axis.of(height, factor);
        this.columns = Axis.of(width, factor);
    }

    /** Adds the enlarged plane to another of the same place. */
    void add(float[] values, int offset, float[] sum) {
        for (int row = 0; row < rows.low.length; row++) {
            int upper = offset + rows.low[row] * width;
            float below = rows.share[row];
            for (int column = 0; column < width; column++) {
                int at = upper + columns.low[column];
                float beside = columns.share[column];
                float top = values[at] + beside * (values[at + 1] - values[at]);
                float bottom = values[at + width] + beside * (values[at + width + 1] - values[at + width]);
                sum[offset + row * width + column] += top + below * (bottom - top);
            }
        }
    }

    /**
     * Where the places of the result lie in the plane.
     *
     * @param low the neighbour before each
     * @param share of the neighbour after each
     */
    @SuppressWarnings("ArrayRecordComponent")
    private record Axis(int[] low, float[] share) {

        static Axis of(int size, double factor) {
            int cut = (int) Math.ceil(size / factor);
            int enlarged = (int) Math.rint(cut * factor);
            int first = (size - cut) / 2;
            int trimmed = (enlarged - size) / 2;
            int[] low = new int[size];
            float[] share = new float[size];
            for (int i = 0; i < size; i++) {
                double place = first + (double) (i + trimmed) * (cut - 1) / (enlarged - 1);
                low[i] = Math.min((int) place, size - 2);
                share[i] = (float) (place - low[i]);
            }
            return new Axis(low, share);
        }
    }
}
