package dev.polyphony.distillation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import dev.polyphony.experiment.StreamPart;
import dev.polyphony.experiment.StreamPart.Outputs;
import dev.polyphony.models.Ensemble;
import dev.polyphony.models.Weights;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class OutputDiversifiedSamplingTest extends PerturbationKit {

    @Override
    StreamPart.Perturbation kind() {
        return StreamPart.Perturbation.ODS;
    }

    @Override
    double[] norms() {
        return new double[] {FULL, FULL};
    }

    @Test
    void perturb_hasTheNormOfThePaperSetting() {
        assertThat(StepSize.norm(1, manager.zeros(new Shape(2, 3, 32, 32)))).isCloseTo(0.2173554f, within(1e-6f));
        assertThat(StepSize.norm(1, manager.zeros(new Shape(2, 3, 64, 64)))).isCloseTo(0.4347108f, within(1e-6f));
    }

    /** g = J^T y (w - sum(w y)) of a linear member, with the member and guide vector that the step draws. */
    @Test
    void perturb_ofALinearMember_isTheClosedForm() {
        Weights[] members = {member(1), member(2)};
        OutputDiversifiedSampling sampling = new OutputDiversifiedSampling(
                1, new OutputDirections(Ensembles.of(network, members), Outputs.PROBABILITIES, 4, 17));
        NDArray images = images();
        Perturbed perturbed = sampling.perturb(images, LABELS, 6);
        float[] guide = GuideVector.draw(17, 6, 8, CLASSES);
        float[] weights = members[perturbed.member()].parameters().toFloatArray();
        float[] pixels = images.toFloatArray();
        float[] actual = perturbed.perturbation().orElseThrow().toFloatArray();
        for (int image = 0; image < 8; image++) {
            double[] expected = closedForm(weights, pixels, guide, image, 4);
            for (int d = 0; d < PIXELS; d++) {
                assertThat((double) actual[image * PIXELS + d]).isCloseTo(expected[d], within(1e-6));
            }
        }
    }

    private static double[] closedForm(float[] weights, float[] pixels, float[] guide, int image, double temperature) {
        double[] y = new double[CLASSES];
        double sum = 0;
        for (int k = 0; k < CLASSES; k++) {
            double logit = weights[CLASSES * PIXELS + k];
            for (int d = 0; d < PIXELS; d++) {
                logit += (double) weights[k * PIXELS + d] * pixels[image * PIXELS + d];
            }
            y[k] = Math.exp(logit / temperature);
            sum += y[k];
        }
        double mean = 0;
        for (int k = 0; k < CLASSES; k++) {
            y[k] /= sum;
            mean += y[k] * guide[image * CLASSES + k];
        }
        double[] gradient = new double[PIXELS];
        double square = 0;
        for (int d = 0; d < PIXELS; d++) {
            for (int k = 0; k < CLASSES; k++) {
                gradient[d] += y[k] * (guide[image * CLASSES + k] - mean) * weights[k * PIXELS + d];
            }
            square += gradient[d] * gradient[d];
        }
        for (int d = 0; d < PIXELS; d++) {
            gradient[d] *= Math.sqrt(PIXELS) / 255 / Math.sqrt(square);
        }
        return gradient;
    }

    @Test
    void perturb_choosesEveryMemberInSomeStep_andGivesNoGradientToWeights() {
        Weights[] weights = {member(1), member(2), member(3)};
        Ensemble ensemble = Ensembles.of(network, weights);
        OutputDirections directions = new OutputDirections(ensemble, Outputs.PROBABILITIES, 1, 5);
        Set<Integer> chosen = new HashSet<>();
        for (long step = 0; step < 40; step++) {
            chosen.add(directions.of(images(), step).member());
        }
        assertThat(chosen).containsExactlyInAnyOrder(0, 1, 2);
        for (Weights own : weights) {
            assertThat(own.parameters().hasGradient()).isFalse();
            // evaluation mode: running statistics stay
            assertThat(own.statistics().getFloat(0)).isZero();
        }
    }

    @Test
    void perturb_changesTheGuidedOutputMoreThanAnyOtherDirectionOfThatLength() {
        Weights member = member(1);
        OutputDirections directions = new OutputDirections(Ensembles.of(network, member), Outputs.PROBABILITIES, 1, 5);
        NDArray images = images();
        NDArray guide = manager.create(GuideVector.draw(5, 0, 8, CLASSES), new Shape(8, CLASSES));
        NDArray unit = directions.towards(images, guide, 0).unit();
        double along = guided(member, images.add(unit.mul(1e-2f)), guide) - guided(member, images, guide);
        assertThat(along).isPositive();
        for (long seed = 0; seed < 20; seed++) {
            NDArray other = manager.create(GuideVector.draw(seed, 1, 8, PIXELS), new Shape(8, PIXELS));
            other = other.div(other.norm(new int[] {1}, true)).reshape(images.getShape());
            double change = guided(member, images.add(other.mul(1e-2f)), guide) - guided(member, images, guide);
            assertThat(Math.abs(change)).isLessThan(along);
        }
    }

    private double guided(Weights member, NDArray images, NDArray guide) {
        return network.logits(images, member, false).softmax(1).mul(guide).sum().getFloat();
    }

    @Test
    void constructor_refusesImpossibleSizes() {
        OutputDirections directions =
                new OutputDirections(Ensembles.of(network, member(1)), Outputs.PROBABILITIES, 1, 5);
        assertThatIllegalArgumentException().isThrownBy(() -> new OutputDiversifiedSampling(0, directions));
        assertThatIllegalArgumentException().isThrownBy(() -> new GaussianNoise(Double.NaN, 1));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new OutputDirections(Ensembles.of(network, member(1)), Outputs.PROBABILITIES, 0, 5));
    }
}
