package dev.polyphony.datasets.corruptions;

/** What lies outside of an image. */
enum Border {
    /** aaa|abcd|ddd */
    CLAMP {
        @Override
        int inside(int at, int size) {
            return Math.max(0, Math.min(size - 1, at));
        }
    },
    /** cba|abcd|dcb */
    SYMMETRIC {
        @Override
        int inside(int at, int size) {
            int folded = Math.floorMod(at, 2 * size);
            return folded < size ? folded : 2 * size - 1 - folded;
        }
    },
    /** dcb|abcd|cba */
    REFLECT {
        @Override
        int inside(int at, int size) {
            int folded = Math.floorMod(at, 2 * size - 2);
            return folded < size ? folded : 2 * size - 2 - folded;
        }
    };

    /** The place, from 0 to before the size, whose value is seen at a place that may lie outside. */
    abstract int inside(int at, int size);
}
