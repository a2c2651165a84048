package dev.polyphony.models.networks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import dev.polyphony.experiment.ImageInput;
import dev.polyphony.models.Initialisation;
import dev.polyphony.models.Layout.Entry;
import dev.polyphony.models.Network;
import dev.polyphony.models.Weights;
import dev.polyphony.models.engine.Recording;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Gradients of a network of two members against differences of its outputs. */
abstract class GradientContract {

    static final ImageInput INPUT = new ImageInput(2, 7, 6, 3, List.of(0.4f, 0.5f), List.of(0.25f, 0.3f));
    private static final double STEP = 1e-6;

    private final NDManager manager = NDManager.newBaseManager();
    private final NDArray images = images();
    private final Network network;
    private final Weights weights;
    private final NDArray direction = manager.create(
            new double[] {1, -1, 0.5, 2, 0.3, -0.7, -1.5, 0.2, 0.9, -0.4, 1.1, 0.6, -0.8, 1.7, 0.1, 0.4, -1.2, 0.5});

    /** For a network fed with {@link #INPUT}. */
    GradientContract(Network network) {
        this.network = network;
        weights = doubles(Initialisation.weights(network, manager, 3));
    }

    @AfterEach
    void free() {
        manager.close();
    }

    /** First and last element of every tensor, in double precision. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void parameterGradients_areFiniteDifferences(boolean training) {
        double[] parameters = weights.parameters().toDoubleArray();
        double[] gradient;
        try (NDScope scope = new NDScope();
                Recording recording = Recording.start()) {
            scope.suppressNotUsedWarning();
            NDArray leaf = recording.leaf(weights.parameters());
            recording.backward(objective(images, leaf, training));
            gradient = leaf.getGradient().toDoubleArray();
        }
        for (Entry entry : network.parameters().entries()) {
            int first = (int) entry.offset();
            for (int index : new int[] {first, first + (int) entry.size() - 1}) {
                double expected = difference(parameters, index, training);
                assertThat(gradient[index])
                        .as("%s at %d", entry.name(), index)
                        .isEqualTo(expected, within(1e-6 + 1e-5 * Math.abs(expected)));
            }
        }
    }

    /** With respect to raw pixels, as perturbations need it: through the normalisation. */
    @Test
    void inputGradients_areFiniteDifferences() {
        double[] pixels = images.toDoubleArray();
        double[] gradient;
        try (NDScope scope = new NDScope();
                Recording recording = Recording.start()) {
            scope.suppressNotUsedWarning();
            NDArray leaf = recording.leaf(images);
            recording.backward(objective(leaf, weights.parameters(), false));
            gradient = leaf.getGradient().toDoubleArray();
        }
        for (int index = 0; index < pixels.length; index += 11) {
            double expected = (withPixel(pixels, index, STEP) - withPixel(pixels, index, -STEP)) / (2 * STEP);
            assertThat(gradient[index]).isEqualTo(expected, within(1e-6 + 1e-5 * Math.abs(expected)));
        }
    }

    private double difference(double[] parameters, int index, boolean training) {
        return (withParameter(parameters, index, STEP, training) - withParameter(parameters, index, -STEP, training))
                / (2 * STEP);
    }

    private double withParameter(double[] parameters, int index, double change, boolean training) {
        double[] changed = parameters.clone();
        changed[index] += change;
        try (NDScope scope = new NDScope()) {
            scope.suppressNotUsedWarning();
            return objective(images, manager.create(changed), training).getDouble();
        }
    }

    private double withPixel(double[] pixels, int index, double change) {
        double[] changed = pixels.clone();
        changed[index] += change;
        try (NDScope scope = new NDScope()) {
            scope.suppressNotUsedWarning();
            NDArray image = manager.create(changed, images.getShape());
            return objective(image, weights.parameters(), false).getDouble();
        }
    }

    private NDArray objective(NDArray pixels, NDArray parameters, boolean training) {
        // A copy, because training mode moves the running statistics.
        NDArray statistics = weights.statistics().duplicate();
        NDArray logits = network.logits(pixels, new Weights(parameters, statistics), training);
        return logits.mul(direction.reshape(logits.getShape())).sum();
    }

    private NDArray images() {
        double[] pixels = new double[3 * 2 * 7 * 6];
        Random random = new Random(4);
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = random.nextDouble();
        }
        return manager.create(pixels, new Shape(3, 2, 7, 6));
    }

    private static Weights doubles(Weights weights) {
        return new Weights(
                weights.parameters().toType(DataType.FLOAT64, true),
                weights.statistics().toType(DataType.FLOAT64, true));
    }
}
