package dev.polyphony.distillation;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import dev.polyphony.models.Layout;
import dev.polyphony.models.Layout.Entry;
import dev.polyphony.models.Layout.Kind;
import java.util.Arrays;

/**
 * Stochastic gradient descent with momentum and coupled weight decay, on flat arrays: {@code b = mu * b + g + wd * p},
 * {@code p = p - lr * b}, or with Nesterov's momentum {@code p = p - lr * (g + wd * p + mu * b)}. The learning rate is outside the momentum, so that a change of it takes effect at once.
 * Rank-one factors have their own share of the learning rate and their own decay, in the paper none.
 */
public final class StochasticGradientDescent implements AutoCloseable {

    private final boolean nesterov;
    private final NDArray momentumFactor;
    private final NDArray decay;
    private final NDArray shares;
    private final NDArray rates;
    private double current = Double.NaN;

    /**
     * For the parameters of one network.
     *
     * @param layout which of them are rank-one factors
     * @param momentum mu, 0 to below 1
     * @param nesterov whether the momentum is Nesterov's
     * @param weightDecay wd of all but rank-one factors
     * @param rankOneFactor what the learning rate of rank-one factors is multiplied by
     * @param rankOneDecay wd of rank-one factors
     * @param manager of the device that the parameters are on
     */
    public StochasticGradientDescent(
            Layout layout,
            double momentum,
            boolean nesterov,
            double weightDecay,
            double rankOneFactor,
            double rankOneDecay,
            NDManager manager) {
        this.nesterov = nesterov;
        this.momentumFactor = manager.create((float) momentum);
        this.decay = manager.create(perElement(layout, (float) weightDecay, (float) rankOneDecay));
        this.shares = manager.create(perElement(layout, 1, (float) rankOneFactor));
        this.rates = shares.duplicate();
        NDScope.unregister(momentumFactor, decay, shares, rates);
    }

    private static float[] perElement(Layout layout, float others, float rankOne) {
        float[] values = new float[Math.toIntExact(layout.size())];
        for (Entry entry : layout.entries()) {
            int from = Math.toIntExact(entry.offset());
            int to = Math.toIntExact(entry.offset() + entry.size());
            Arrays.fill(values, from, to, entry.kind() == Kind.RANK_ONE ? rankOne : others);
        }
        return values;
    }

    /**
     * One step, in place.
     *
     * @param parameters p, float32, flat
     * @param momentum b, float32, flat
     * @param gradient g, float32, flat
     * @param learningRate lr, schedule included
     */
    public void step(NDArray parameters, NDArray momentum, NDArray gradient, double learningRate) {
        if (learningRate != current) {
            shares.copyTo(rates);
            rates.muli((float) learningRate);
            current = learningRate;
        }
        momentum.muli(momentumFactor).addi(gradient);
        try (NDArray decayed = parameters.mul(decay)) {
            momentum.addi(decayed);
            descend(parameters, momentum, gradient, decayed);
        }
    }

    private void descend(NDArray parameters, NDArray momentum, NDArray gradient, NDArray decayed) {
        if (!nesterov) {
            try (NDArray change = momentum.mul(rates)) {
                parameters.subi(change);
            }
            return;
        }
        try (NDArray change = momentum.mul(momentumFactor)) {
            parameters.subi(change.addi(gradient).addi(decayed).muli(rates));
        }
    }

    @Override
    public void close() {
        momentumFactor.close();
        decay.close();
        shares.close();
        rates.close();
    }
}
