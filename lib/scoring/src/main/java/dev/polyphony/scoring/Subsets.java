package dev.polyphony.scoring;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Which members stand for an ensemble of a smaller size. */
final class Subsets {

    /** Up to this many subsets are all used: that of size 4 of 8 members. */
    private static final int MOST = 70;

    private Subsets() {}

    /** All subsets of a size when there are at most 70, in lexicographic order, otherwise only the first members. */
    static List<int[]> of(int members, int size) {
        int[] current = IntStream.range(0, size).toArray();
        List<int[]> all = new ArrayList<>();
        boolean more = true;
        while (more && all.size() <= MOST) {
            all.add(current.clone());
            more = advance(current, members);
        }
        return all.size() <= MOST ? all : all.subList(0, 1);
    }

    private static boolean advance(int[] subset, int members) {
        int i = subset.length - 1;
        while (i >= 0 && subset[i] == members - subset.length + i) {
            i--;
        }
        if (i < 0) {
            return false;
        }
        subset[i]++;
        for (int j = i + 1; j < subset.length; j++) {
            subset[j] = subset[j - 1] + 1;
        }
        return true;
    }
}
