package dev.polyphony.models.networks;

import ai.djl.ndarray.NDManager;
import dev.polyphony.models.Layout.Entry;
import dev.polyphony.models.Network;
import dev.polyphony.models.Weights;
import java.util.Arrays;

/** Folds one member's rank-one factors into a plain network's weights, with loops, independently of the network's code. */
final class Folding {

    private Folding() {}

    static Weights member(Network ensemble, Network plain, Weights weights, int member, NDManager manager) {
        float[] from = weights.parameters().toFloatArray();
        float[] to = new float[(int) plain.parameters().size()];
        for (Entry target : plain.parameters().entries()) {
            Entry source = entry(ensemble, target.name());
            int size = (int) target.size();
            int offset = (int) source.offset() + (target.name().equals("head.bias") ? member * size : 0);
            float[] values = Arrays.copyOfRange(from, offset, offset + size);
            if (target.name().endsWith(".weight")) {
                scale(values, target, ensemble, from, member);
            }
            System.arraycopy(values, 0, to, (int) target.offset(), size);
        }
        return new Weights(manager.create(to), weights.statistics());
    }

    private static void scale(float[] values, Entry weight, Network ensemble, float[] from, int member) {
        String layer = weight.name().substring(0, weight.name().length() - ".weight".length());
        int outputs = weight.shape().get(0).intValue();
        int inputs = weight.shape().get(1).intValue();
        int kernel = values.length / (outputs * inputs);
        int r = (int) entry(ensemble, layer + ".r").offset() + member * inputs;
        int s = (int) entry(ensemble, layer + ".s").offset() + member * outputs;
        for (int i = 0; i < values.length; i++) {
            int output = i / (inputs * kernel);
            int input = i / kernel % inputs;
            values[i] *= from[s + output] * from[r + input];
        }
    }

    private static Entry entry(Network network, String name) {
        return network.parameters().entries().stream()
                .filter(entry -> entry.name().equals(name))
                .findFirst()
                .orElseThrow();
    }
}
