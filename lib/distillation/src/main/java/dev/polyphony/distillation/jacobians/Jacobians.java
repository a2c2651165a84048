package dev.polyphony.distillation.jacobians;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.index.NDIndex;
import dev.polyphony.models.Ensemble;
import dev.polyphony.models.Member;
import dev.polyphony.models.Network;
import dev.polyphony.models.Weights;
import dev.polyphony.models.engine.Recording;
import dev.polyphony.scoring.jacobians.JacobianMatching;
import java.util.function.UnaryOperator;

/**
 * How each probability of a network moves with each pixel (paper, secs. 3.2 and 5.3): matrices [K][D] with one row for
 * each class and one column for each of the D = C * H * W pixels, in units of probability by the whole pixel range.
 *
 * <p>Networks are differentiated in evaluation mode, where images do not influence each other: one backward pass gives
 * a row of every image of a minibatch. Differentiated are the logits, whose gradients do not vanish; the softmax follows
 * in double precision.
 *
 * <p>All members of a network look at the same image, also where they could look at their own (MIMO): what is
 * differentiated is the network as it predicts.
 */
public final class Jacobians {

    private Jacobians() {}

    /**
     * Jacobians of every member of one network. Takes K passes forward and back for each member.
     *
     * @param network M members
     * @param weights left as they are
     * @param images float32 [B, C, H, W], pixels in [0, 1]
     * @param temperature softens the softmax, above 0; the paper's expansion is at 1
     * @return [M][B][K][D]
     */
    public static double[][][][] ofProbabilities(Network network, Weights weights, NDArray images, double temperature) {
        return ofProbabilities(
                pixels -> network.logits(pixels, weights, false),
                network.members(),
                network.input().classes(),
                images,
                temperature);
    }

    /**
     * Jacobians of every member of an ensemble; see {@link #ofProbabilities(Network, Weights, NDArray, double)}.
     *
     * @return [M][B][K][D]
     */
    public static double[][][][] ofProbabilities(Ensemble ensemble, NDArray images, double temperature) {
        double[][][][] jacobians = new double[ensemble.size()][][][];
        for (int index = 0; index < jacobians.length; index++) {
            Member member = ensemble.member(index);
            jacobians[index] = ofProbabilities(member::logits, 1, ensemble.classes(), images, temperature)[0];
        }
        return jacobians;
    }

    private static double[][][][] ofProbabilities(
            UnaryOperator<NDArray> network, int members, int classes, NDArray images, double temperature) {
        Softmax.checked(temperature);
        int count = Math.toIntExact(images.getShape().get(0));
        float[] logits = logits(network, images);
        double[][][][] jacobians = new double[members][count][classes][];
        for (int member = 0; member < members; member++) {
            for (int k = 0; k < classes; k++) {
                NDIndex outputs = new NDIndex("{}:{}, {}", member * count, (member + 1) * count, k);
                float[] gradients = gradients(network, images, outputs);
                for (int i = 0; i < count; i++) {
                    jacobians[member][i][k] = row(gradients, i, gradients.length / count, temperature);
                }
            }
            for (int i = 0; i < count; i++) {
                double[] probabilities = Softmax.of(logits, member * count + i, classes, temperature);
                jacobians[member][i] = JacobianMatching.ofProbabilities(jacobians[member][i], probabilities);
            }
        }
        return jacobians;
    }

    private static float[] logits(UnaryOperator<NDArray> network, NDArray images) {
        try (NDScope scope = new NDScope()) {
            scope.suppressNotUsedWarning();
            return Recording.without(() -> network.apply(images)).toFloatArray();
        }
    }

    /** Gradients of some logits, one of each image, by that image's pixels: B rows of D. */
    private static float[] gradients(UnaryOperator<NDArray> network, NDArray images, NDIndex outputs) {
        try (NDScope scope = new NDScope();
                Recording recording = Recording.start()) {
            scope.suppressNotUsedWarning();
            NDArray leaf = recording.leaf(images);
            recording.backward(network.apply(leaf).get(outputs).sum());
            return leaf.getGradient().toFloatArray();
        }
    }

    private static double[] row(float[] gradients, int image, int pixels, double temperature) {
        double[] row = new double[pixels];
        for (int d = 0; d < pixels; d++) {
            row[d] = gradients[image * pixels + d] / temperature;
        }
        return row;
    }
}
