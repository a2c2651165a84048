package dev.polyphony.scoring.jacobians;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Signal-to-noise ratio of gradient samples (paper, sec. 5.3, fig. 4): the norm of their mean over the root of their
 * summed element-wise variances. The paper's formula is known only as made of a mean and element-wise variances; whether
 * it is squared is not, hence {@link #squaredRatio}. The variance is that of the population, with n in the denominator.
 *
 * <p>Samples are taken in one at a time (Welford 1962) and not kept: the memory is one double for each parameter. Not for
 * several threads at once.
 */
public final class SignalToNoise {

    private final double[] mean;
    private double squares;
    private long samples;

    /**
     * No samples yet.
     *
     * @param parameters values of each gradient, at least 1
     */
    public SignalToNoise(int parameters) {
        if (parameters < 1) {
            throw new IllegalArgumentException("A gradient has at least one value, not " + parameters);
        }
        this.mean = new double[parameters];
    }

    /**
     * Takes in one gradient.
     *
     * @param gradient one finite value for each parameter
     * @throws IllegalArgumentException if it has another length or a value is not finite; it then counts nothing
     */
    public void add(double[] gradient) {
        if (gradient.length != mean.length) {
            throw new IllegalArgumentException(
                    "Gradient " + samples + " has " + gradient.length + " values, not " + mean.length);
        }
        for (int i = 0; i < gradient.length; i++) {
            if (!Double.isFinite(gradient[i])) {
                throw new IllegalArgumentException(
                        "Gradient " + samples + " must be finite, but is " + gradient[i] + " at parameter " + i);
            }
        }
        samples++;
        for (int i = 0; i < mean.length; i++) {
            double difference = gradient[i] - mean[i];
            mean[i] += difference / samples;
            squares += difference * (gradient[i] - mean[i]);
        }
    }

    /**
     * Takes in one gradient of single precision.
     *
     * @param gradient one finite value for each parameter
     * @throws IllegalArgumentException if it has another length or a value is not finite; it then counts nothing
     */
    public void add(float[] gradient) {
        add(IntStream.range(0, gradient.length).mapToDouble(i -> gradient[i]).toArray());
    }

    /** Gradients taken in, at least 0. */
    public long samples() {
        return samples;
    }

    /** A copy of the mean gradient, one value for each parameter; all zero without samples. */
    public double[] mean() {
        return mean.clone();
    }

    /** Sum over parameters of the population variance, at least 0, in squared units of the gradient; 0 without samples. */
    public double variance() {
        return samples == 0 ? 0 : squares / samples;
    }

    /**
     * Norm of the mean over the root of {@link #variance}, at least 0, without unit: 0 if all gradients are zero, infinite
     * if they are equal but not zero.
     *
     * @throws IllegalStateException with fewer than two samples
     */
    public double ratio() {
        return Math.sqrt(squaredRatio());
    }

    /**
     * The square of {@link #ratio}.
     *
     * @throws IllegalStateException with fewer than two samples
     */
    public double squaredRatio() {
        if (samples < 2) {
            throw new IllegalStateException("A signal-to-noise ratio needs at least two gradients, not " + samples);
        }
        double signal = Arrays.stream(mean).map(value -> value * value).sum();
        return signal == 0 ? 0 : signal / variance();
    }
}
