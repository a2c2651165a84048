package dev.polyphony.models;

import java.util.List;

/**
 * Where each named tensor lies in one flat array. Optimisers work on the flat array in a few operations; files and
 * networks see the named tensors.
 *
 * @param entries in order of their offsets, without gaps
 */
public record Layout(List<Entry> entries) {

    /** What a tensor is to the optimiser. */
    public enum Kind {
        /** Weights shared by all members. */
        SHARED,
        /** Rank-one factors: own learning rate, no weight decay. */
        RANK_ONE,
        /** Running statistics of batch normalisation: never trained. */
        STATISTIC
    }

    /**
     * One named tensor.
     *
     * @param name dotted path, such as {@code stage1.block0.conv1.weight}
     * @param kind what it is to the optimiser
     * @param offset of its first element in the flat array
     * @param shape its dimensions
     */
    public record Entry(String name, Kind kind, long offset, List<Long> shape) {
        public Entry {
            shape = List.copyOf(shape);
        }

        /** Number of elements. */
        public long size() {
            return shape.stream().reduce(1L, Math::multiplyExact);
        }
    }

    public Layout {
        entries = List.copyOf(entries);
        long next = 0;
        for (Entry entry : entries) {
            if (entry.offset() != next) {
                throw new IllegalArgumentException(
                        entry.name() + " starts at " + entry.offset() + ", the one before ends at " + next);
            }
            next += entry.size();
        }
    }

    /** Elements of the flat array. */
    public long size() {
        return entries.stream().mapToLong(Entry::size).sum();
    }
}
