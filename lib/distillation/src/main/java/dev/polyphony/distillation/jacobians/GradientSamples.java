package dev.polyphony.distillation.jacobians;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import dev.polyphony.models.Ensemble;
import dev.polyphony.models.Network;
import dev.polyphony.models.Weights;
import dev.polyphony.models.engine.Operations;
import dev.polyphony.models.engine.Recording;
import java.util.function.Consumer;

/**
 * Gradients, by a student's weights, of the part of the distillation loss that makes Jacobians alike (paper, sec. 3.2,
 * eqs. 9 to 11): one sample for each perturbation ε of an image x. That part is
 *
 * <pre>  -Σ_k (ε·∇T_k)(ε·∇S_k) / S_k,</pre>
 *
 * with the teacher's probabilities T and the student's S. Its gradient would take second derivatives. Taken instead is
 * that of the antithetic difference
 *
 * <pre>  -¼ Σ_k (T_k(x+ε) - T_k(x-ε)) (log S_k(x+ε) - log S_k(x-ε)),</pre>
 *
 * which equals it up to terms of the fourth power of ε: the zeroth and first order of the loss, whose gradients are
 * many times larger, cancel. As the first factors sum to 0 over the classes, the logarithms' normalisation drops out,
 * and the student's logits over the temperature stand for log S_k, which saturate nowhere.
 *
 * <p>Networks of rectifiers are linear piece by piece: their own second derivatives are zero almost everywhere, and
 * what bends them lies in the kinks. A step of the size that training takes, 1/255 of the pixel range, crosses some of
 * them, and the difference is the slope over the step that training sees, not the one at its middle; much smaller steps
 * would leave differences of float32 logits little but rounding. Images are not clamped after the step, unlike in
 * training: the expansion knows no clamping, and black pixels would lose one side of the pair.
 *
 * <p>The student runs in evaluation mode, so that an image's gradient is its own. Subnetwork m learns from member m
 * where there are as many of both; else every subnetwork learns from the mean of the members' probabilities. The loss is
 * the mean over subnetworks.
 */
public final class GradientSamples {

    private static final float QUARTER = 0.25f;

    private final Network student;
    private final Weights weights;
    private final Ensemble teachers;
    private final double temperature;

    /**
     * Samples for one student; everything stays the caller's to close.
     *
     * @param student its network
     * @param weights of the student, left as they are
     * @param teachers T
     * @param temperature softens both softmaxes, above 0
     */
    public GradientSamples(Network student, Weights weights, Ensemble teachers, double temperature) {
        this.student = student;
        this.weights = weights;
        this.teachers = teachers;
        this.temperature = Softmax.checked(temperature);
    }

    /**
     * Takes one sample of each row.
     *
     * @param images float32 [S, C, H, W], pixels in [0, 1]; the same image in each row for its signal-to-noise ratio
     * @param perturbations float32, same shape
     * @param sink is given S gradients in order, each with one value for each of the student's parameters
     */
    public void take(NDArray images, NDArray perturbations, Consumer<float[]> sink) {
        if (!images.getShape().equals(perturbations.getShape())) {
            throw new IllegalArgumentException(
                    "perturbations " + perturbations.getShape() + " for images " + images.getShape());
        }
        double[][][] differences = ofTeachers(images, perturbations);
        for (int row = 0; row < differences[0].length; row++) {
            try (NDScope scope = new NDScope()) {
                scope.suppressNotUsedWarning();
                String only = row + ":" + (row + 1);
                NDArray pair = pair(images.get(only), perturbations.get(only));
                sink.accept(gradient(pair, factors(differences, row)));
            }
        }
    }

    private static NDArray pair(NDArray images, NDArray perturbations) {
        return images.add(perturbations).concat(images.sub(perturbations), 0);
    }

    /** T(x+ε) - T(x-ε) for each subnetwork, [subnetworks or 1][S][K]. */
    private double[][][] ofTeachers(NDArray images, NDArray perturbations) {
        float[] logits;
        try (NDScope scope = new NDScope()) {
            scope.suppressNotUsedWarning();
            logits = teachers.logits(pair(images, perturbations)).toFloatArray();
        }
        int rows = Math.toIntExact(images.getShape().get(0));
        int classes = teachers.classes();
        boolean oneToOne = teachers.size() == student.members();
        double[][][] differences = new double[oneToOne ? teachers.size() : 1][rows][classes];
        for (int member = 0; member < teachers.size(); member++) {
            for (int row = 0; row < rows; row++) {
                double[] there = Softmax.of(logits, 2 * member * rows + row, classes, temperature);
                double[] back = Softmax.of(logits, (2 * member + 1) * rows + row, classes, temperature);
                double[] difference = differences[oneToOne ? member : 0][row];
                for (int k = 0; k < classes; k++) {
                    difference[k] += (there[k] - back[k]) / (oneToOne ? 1 : teachers.size());
                }
            }
        }
        return differences;
    }

    /** What each logit of a pair is multiplied by in the loss, [subnetworks * 2, K]. */
    private float[] factors(double[][][] differences, int row) {
        int classes = differences[0][row].length;
        int subnetworks = student.members();
        float[] factors = new float[2 * subnetworks * classes];
        for (int subnetwork = 0; subnetwork < subnetworks; subnetwork++) {
            double[] difference = differences[differences.length == 1 ? 0 : subnetwork][row];
            for (int k = 0; k < classes; k++) {
                float factor = (float) (QUARTER * difference[k] / temperature / subnetworks);
                factors[2 * subnetwork * classes + k] = -factor;
                factors[(2 * subnetwork + 1) * classes + k] = factor;
            }
        }
        return factors;
    }

    private float[] gradient(NDArray pair, float[] factors) {
        try (Recording recording = Recording.start()) {
            NDArray leaf = recording.leaf(weights.parameters());
            NDArray logits = student.logits(pair, new Weights(leaf, weights.statistics()), false);
            Shape shape = logits.getShape();
            NDArray constants = Operations.constant(logits.getManager(), factors, shape, DataType.FLOAT32);
            recording.backward(logits.mul(constants).sum());
            return leaf.getGradient().toFloatArray();
        }
    }
}
