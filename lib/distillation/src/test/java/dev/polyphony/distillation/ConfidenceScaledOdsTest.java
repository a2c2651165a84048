package dev.polyphony.distillation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import dev.polyphony.experiment.StreamPart;
import dev.polyphony.experiment.StreamPart.Outputs;
import dev.polyphony.models.Ensemble;
import org.junit.jupiter.api.Test;

class ConfidenceScaledOdsTest extends PerturbationKit {

    @Override
    StreamPart.Perturbation kind() {
        return StreamPart.Perturbation.CONFODS;
    }

    /** Confidence is at least one over the number of classes, and at most 1. */
    @Override
    double[] norms() {
        return new double[] {FULL / CLASSES, FULL};
    }

    @Test
    void perturb_isOdsTimesTheMembersConfidence() {
        Ensemble ensemble = Ensembles.of(network, member(1), member(2));
        OutputDirections directions = new OutputDirections(ensemble, Outputs.PROBABILITIES, 4, 17);
        NDArray images = images();
        Perturbed ods = new OutputDiversifiedSampling(1, directions).perturb(images, LABELS, 3);
        Perturbed scaled = new ConfidenceScaledOds(1, directions).perturb(images, LABELS, 3);
        assertThat(scaled.member()).isEqualTo(ods.member());
        float[] confidence = ensemble.member(ods.member())
                .logits(images)
                .div(4f)
                .softmax(1)
                .max(new int[] {1})
                .toFloatArray();
        float[] full = ods.perturbation().orElseThrow().toFloatArray();
        float[] actual = scaled.perturbation().orElseThrow().toFloatArray();
        for (int i = 0; i < full.length; i++) {
            assertThat(actual[i]).isCloseTo(full[i] * confidence[i / PIXELS], within(1e-8f));
        }
    }
}
