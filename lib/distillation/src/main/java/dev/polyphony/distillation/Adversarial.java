package dev.polyphony.distillation;

import ai.djl.ndarray.NDArray;
import dev.polyphony.distillation.OutputDirections.Direction;
import java.util.Optional;

/**
 * Untargeted adversarial perturbation (paper, appendix A.2): output diversified sampling whose guide vector is not random
 * but the negative one-hot label, so that every image moves where one random ensemble member's softened probability of
 * the label falls fastest. At temperature 1 this is the direction in which cross-entropy grows fastest. Its length is
 * that of output diversified sampling.
 */
final class Adversarial implements Perturbation {

    private final double stepSize;
    private final OutputDirections directions;

    Adversarial(double stepSize, OutputDirections directions) {
        this.stepSize = StepSize.checked(stepSize);
        this.directions = directions;
    }

    @Override
    public Perturbed perturb(NDArray images, int[] labels, long step) {
        Direction direction = directions.of(images, awayFrom(labels, images), step);
        direction.confidence().close();
        NDArray perturbation = direction.unit().muli(StepSize.norm(stepSize, images));
        return new Perturbed(Optional.of(perturbation), direction.member());
    }

    private float[] awayFrom(int[] labels, NDArray images) {
        if (labels.length != images.getShape().get(0)) {
            throw new IllegalArgumentException(
                    labels.length + " labels for " + images.getShape().get(0) + " images");
        }
        int classes = directions.classes();
        float[] guide = new float[Math.multiplyExact(labels.length, classes)];
        for (int i = 0; i < labels.length; i++) {
            if (labels[i] < 0 || labels[i] >= classes) {
                throw new IllegalArgumentException("label " + labels[i] + " of " + classes + " classes");
            }
            guide[i * classes + labels[i]] = -1;
        }
        return guide;
    }
}
