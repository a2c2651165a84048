package dev.polyphony.distillation;

import ai.djl.ndarray.NDArray;
import dev.polyphony.distillation.OutputDirections.Direction;
import java.util.Optional;

/**
 * Output diversified sampling scaled by confidence (paper, eq. 8): images that the chosen member is unsure of, where
 * members disagree anyway, move less. As in the authors' reference code the confidence is that of the softened
 * probabilities.
 */
final class ConfidenceScaledOds implements Perturbation {

    private final double stepSize;
    private final OutputDirections directions;

    ConfidenceScaledOds(double stepSize, OutputDirections directions) {
        this.stepSize = StepSize.checked(stepSize);
        this.directions = directions;
    }

    @Override
    public Perturbed perturb(NDArray images, int[] labels, long step) {
        Direction direction = directions.of(images, step);
        try (NDArray confidence = direction.confidence();
                NDArray perImage = confidence.reshape(-1, 1, 1, 1)) {
            NDArray perturbation =
                    direction.unit().muli(StepSize.norm(stepSize, images)).muli(perImage);
            return new Perturbed(Optional.of(perturbation), direction.member());
        }
    }
}
