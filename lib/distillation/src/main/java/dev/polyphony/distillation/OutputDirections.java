package dev.polyphony.distillation;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.Shape;
import dev.polyphony.experiment.Randomness;
import dev.polyphony.experiment.Randomness.Purpose;
import dev.polyphony.experiment.StreamPart.Outputs;
import dev.polyphony.models.Ensemble;
import dev.polyphony.models.engine.Recording;

/**
 * The direction in which a random combination of one ensemble member's outputs grows fastest.
 *
 * <p>With y = softmax(z / temperature) of a member chosen once per minibatch, and a guide vector w per image, it is the
 * gradient g of {@code sum(w * y)} with respect to the image, divided by its norm (paper, eq. 3). These outputs, the
 * softened probabilities, are those of the authors' reference code; where a recipe asks for logits it is the gradient of
 * {@code sum(w * z)} (Tashiro et al., NeurIPS 2020), and the temperature softens the confidence alone.
 *
 * <p>A confident member saturates the softmax: the gradient with respect to the logits, y * (w - sum(w * y)) /
 * temperature, shrinks to numbers that float32 loses on the way back through the network. It is therefore computed by
 * hand with the guide centred on the top class, which cancels nothing, and sent back at unit size; its true size only
 * enters the norm's floor.
 */
final class OutputDirections {

    /** Gradients shorter than this are not stretched to full length, as in the authors' reference code. */
    private static final float SHORTEST = 1e-12f;

    /** Keeps a division by an all-zero gradient's size finite. */
    private static final float SMALLEST_NORMAL = Float.MIN_NORMAL;

    private final Ensemble ensemble;
    private final Outputs outputs;
    private final float temperature;
    private final long seed;

    /**
     * Direction and what came with it.
     *
     * @param unit float32 [B, C, H, W], each image's norm 1, or less where the gradient is shorter than the floor
     * @param confidence float32 [B, 1], the member's largest softened probability
     * @param member that was differentiated
     */
    record Direction(NDArray unit, NDArray confidence, int member) {}

    OutputDirections(Ensemble ensemble, Outputs outputs, double temperature, long seed) {
        if (!(temperature > 0 && Double.isFinite(temperature))) {
            throw new IllegalArgumentException("a temperature is above 0: " + temperature);
        }
        this.ensemble = ensemble;
        this.outputs = outputs;
        this.temperature = (float) temperature;
        this.seed = seed;
    }

    /** For the images of one step. Call with a scope open: it owns what is returned. */
    Direction of(NDArray images, long step) {
        int count = Math.toIntExact(images.getShape().get(0));
        return of(images, GuideVector.draw(seed, step, count, classes()), step);
    }

    /**
     * For the images of one step and guide vectors that are not random.
     *
     * @param guide B rows of K
     */
    Direction of(NDArray images, float[] guide, long step) {
        int member = Randomness.of(seed, Purpose.MEMBER_CHOICE, step).nextInt(ensemble.size());
        long count = images.getShape().get(0);
        try (NDArray rows = images.getManager().create(guide, new Shape(count, classes()))) {
            return towards(images, rows, member);
        }
    }

    /** Number of classes, K. */
    int classes() {
        return ensemble.classes();
    }

    Direction towards(NDArray images, NDArray guide, int member) {
        Direction direction;
        try (NDScope scope = new NDScope();
                Recording recording = Recording.start()) {
            scope.suppressNotUsedWarning();
            NDArray leaf = recording.leaf(images);
            NDArray logits = ensemble.member(member).logits(leaf);
            NDArray softened = logits.stopGradient().div(temperature).softmax(1);
            NDArray pull =
                    switch (outputs) {
                        case PROBABILITIES -> logitGradient(softened, guide);
                        case LOGITS -> guide;
                    };
            NDArray size = pull.abs().max(new int[] {1}, true);
            recording.backward(
                    logits.mul(pull.div(size.maximum(SMALLEST_NORMAL))).sum());
            NDArray unit = unit(leaf.getGradient(), size);
            NDArray confidence = softened.max(new int[] {1}, true);
            direction = new Direction(unit, confidence, member);
            NDScope.unregister(unit, confidence);
        }
        NDScope.register(direction.unit());
        NDScope.register(direction.confidence());
        return direction;
    }

    private NDArray logitGradient(NDArray softened, NDArray guide) {
        NDArray top = softened.argMax(1).expandDims(1);
        NDArray centred = guide.sub(guide.gather(top, 1));
        NDArray mean = softened.mul(centred).sum(new int[] {1}, true);
        return softened.mul(centred.sub(mean)).div(temperature);
    }

    /** {@code size} times {@code gradient} is the true gradient, whose norm may be too small for its squares. */
    private static NDArray unit(NDArray gradient, NDArray size) {
        NDArray rows = gradient.reshape(gradient.getShape().get(0), -1);
        NDArray norm = rows.norm(new int[] {1}, true);
        NDArray floored = norm.maximum(size.maximum(SMALLEST_NORMAL).pow(-1f).mul(SHORTEST));
        return rows.div(floored).reshape(gradient.getShape());
    }
}
