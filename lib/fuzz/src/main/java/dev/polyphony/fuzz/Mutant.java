package dev.polyphony.fuzz;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.RandomDistribution;

/**
 * A valid sample with up to six injuries.
 *
 * @param name of the sample, and what was done to it
 * @param bytes the result
 */
@SuppressWarnings("ArrayRecordComponent")
public record Mutant(String name, byte[] bytes) {

    private static final int MOST_MUTATIONS = 6;
    private static final int SHOWN = 256;

    /**
     * Mutants of all samples alike, which are also spliced with each other. Shrinking leaves out injuries.
     *
     * @param samples valid inputs by name
     */
    public static Arbitrary<Mutant> of(Map<String, byte[]> samples) {
        TreeMap<String, byte[]> sorted = new TreeMap<>(samples);
        List<byte[]> all = new ArrayList<>(sorted.values());
        Arbitrary<Mutation> mutation = Combinators.combine(
                        Arbitraries.of(Mutation.Kind.class),
                        Arbitraries.integers()
                                .between(0, Integer.MAX_VALUE)
                                .withDistribution(RandomDistribution.uniform()),
                        Arbitraries.longs().withDistribution(RandomDistribution.uniform()))
                .as(Mutation::new);
        return Combinators.combine(
                        Arbitraries.of(sorted.entrySet()),
                        mutation.list().ofMinSize(1).ofMaxSize(MOST_MUTATIONS))
                .as((sample, mutations) -> injured(sample.getKey(), sample.getValue(), mutations, all));
    }

    private static Mutant injured(String name, byte[] sample, List<Mutation> mutations, List<byte[]> samples) {
        byte[] bytes = sample;
        for (Mutation mutation : mutations) {
            bytes = mutation.apply(bytes, samples);
        }
        return new Mutant(name + " after " + mutations, bytes);
    }

    @Override
    public String toString() {
        int shown = Math.min(bytes.length, SHOWN);
        return name + ": " + bytes.length + " bytes, " + HexFormat.of().formatHex(bytes, 0, shown);
    }
}
