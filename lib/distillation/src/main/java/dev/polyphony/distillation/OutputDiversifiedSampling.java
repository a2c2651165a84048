package dev.polyphony.distillation;

import ai.djl.ndarray.NDArray;
import dev.polyphony.distillation.OutputDirections.Direction;
import java.util.Optional;

/**
 * Output diversified sampling (paper, eq. 3; Tashiro et al., NeurIPS 2020): every image moves by the same length in the
 * direction in which a random combination of one random ensemble member's outputs grows fastest.
 */
final class OutputDiversifiedSampling implements Perturbation {

    private final double stepSize;
    private final OutputDirections directions;

    OutputDiversifiedSampling(double stepSize, OutputDirections directions) {
        this.stepSize = StepSize.checked(stepSize);
        this.directions = directions;
    }

    @Override
    public Perturbed perturb(NDArray images, int[] labels, long step) {
        Direction direction = directions.of(images, step);
        direction.confidence().close();
        NDArray perturbation = direction.unit().muli(StepSize.norm(stepSize, images));
        return new Perturbed(Optional.of(perturbation), direction.member());
    }
}
