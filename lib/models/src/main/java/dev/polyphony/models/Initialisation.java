package dev.polyphony.models;

import ai.djl.ndarray.NDManager;
import dev.polyphony.experiment.Randomness;
import dev.polyphony.experiment.Randomness.Purpose;
import dev.polyphony.experiment.StudentPart.RankOne;
import dev.polyphony.models.Layout.Entry;
import dev.polyphony.models.Layout.Kind;
import java.util.Arrays;
import java.util.List;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.sampling.distribution.ZigguratSampler;

/**
 * Initial weights, as in the authors' reference code. The numbers are drawn in Java, so they do not depend on the engine, its
 * version or its device.
 */
public final class Initialisation {

    private static final double RANK_ONE_MEAN = 1.0;
    private static final double RANK_ONE_DEVIATION = 0.5;

    private Initialisation() {}

    /**
     * Fresh weights, owned by the caller.
     *
     * <ul>
     *   <li>convolutions and the linear layer: Kaiming normal, standard deviation sqrt(2 / (outputs * k * k))
     *   <li>a plain network's bias: uniform within 1/sqrt(inputs); the members' biases: 0
     *   <li>rank-one factors: as asked for
     *   <li>batch normalisation: scale 1, shift 0, running mean 0, running variance 1
     * </ul>
     *
     * @param seed the same seed gives the same weights for ever
     * @param rankOne how rank-one factors begin
     */
    public static Weights weights(Network network, NDManager manager, long seed, RankOne rankOne) {
        Layout parameters = network.parameters();
        float[] trainable = new float[Math.toIntExact(parameters.size())];
        List<Entry> entries = parameters.entries();
        for (int index = 0; index < entries.size(); index++) {
            UniformRandomProvider random = Randomness.of(seed, Purpose.INITIALISATION, index);
            fill(trainable, entries.get(index), parameters, rankOne, random);
        }
        float[] running = new float[Math.toIntExact(network.statistics().size())];
        for (Entry entry : network.statistics().entries()) {
            constant(running, entry, entry.name().endsWith(".variance") ? 1 : 0);
        }
        return new Weights(manager.create(trainable), manager.create(running));
    }

    /** Fresh weights whose rank-one factors, if any, are normal as in the authors' reference code. */
    public static Weights weights(Network network, NDManager manager, long seed) {
        return weights(network, manager, seed, RankOne.NORMAL);
    }

    private static void fill(float[] flat, Entry entry, Layout layout, RankOne rankOne, UniformRandomProvider random) {
        if (entry.kind() == Kind.RANK_ONE) {
            rankOne(flat, entry, rankOne, random);
        } else if (entry.name().endsWith(".weight")) {
            normal(flat, entry, 0, Math.sqrt(2.0 * entry.shape().get(1) / entry.size()), random);
        } else if (entry.name().endsWith(".gamma")) {
            constant(flat, entry, 1);
        } else if (entry.name().endsWith(".bias") && entry.shape().size() == 1) {
            uniform(flat, entry, 1 / Math.sqrt((double) inputs(entry, layout)), random);
        }
    }

    private static void rankOne(float[] flat, Entry entry, RankOne how, UniformRandomProvider random) {
        switch (how) {
            case NORMAL -> normal(flat, entry, RANK_ONE_MEAN, RANK_ONE_DEVIATION, random);
            case SIGNS -> {
                int start = (int) entry.offset();
                for (int i = start; i < start + entry.size(); i++) {
                    flat[i] = random.nextBoolean() ? 1 : -1;
                }
            }
        }
    }

    private static long inputs(Entry bias, Layout layout) {
        String weight = bias.name().replaceFirst("bias$", "weight");
        return layout.entries().stream()
                .filter(entry -> entry.name().equals(weight))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(bias.name() + " has no " + weight + " beside it"))
                .shape()
                .get(1);
    }

    private static void normal(float[] flat, Entry entry, double mean, double deviation, UniformRandomProvider random) {
        ZigguratSampler.NormalizedGaussian gaussian = ZigguratSampler.NormalizedGaussian.of(random);
        int start = (int) entry.offset();
        for (int i = start; i < start + entry.size(); i++) {
            flat[i] = (float) (mean + deviation * gaussian.sample());
        }
    }

    private static void uniform(float[] flat, Entry entry, double bound, UniformRandomProvider random) {
        int start = (int) entry.offset();
        for (int i = start; i < start + entry.size(); i++) {
            flat[i] = (float) (bound * (2 * random.nextDouble() - 1));
        }
    }

    private static void constant(float[] flat, Entry entry, float value) {
        int start = (int) entry.offset();
        Arrays.fill(flat, start, start + (int) entry.size(), value);
    }
}
