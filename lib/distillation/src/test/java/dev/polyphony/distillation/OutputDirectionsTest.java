package dev.polyphony.distillation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import dev.polyphony.distillation.OutputDirections.Direction;
import dev.polyphony.experiment.ImageInput;
import dev.polyphony.experiment.StreamPart.Outputs;
import dev.polyphony.models.Weights;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A linear softmax worked by hand: W, b, x and w below, step size 1, four pixels. */
class OutputDirectionsTest extends Scoped {

    private static final float[] LINEAR = {1, -2, .5f, 0, 0, 1, -1, 2, -1, .5f, 1.5f, -.5f, .1f, -.2f, .3f};
    private static final float[] IMAGE = {.2f, .9f, .5f, .999f};
    private static final float[] GUIDE = {.5f, -1, .25f};

    private Direction direction(LinearNetwork network, double temperature, float[] weights, float... guide) {
        return direction(Outputs.PROBABILITIES, network, temperature, weights, guide);
    }

    private Direction direction(
            Outputs outputs, LinearNetwork network, double temperature, float[] weights, float... guide) {
        Weights member = network.weights(manager, weights);
        OutputDirections directions = new OutputDirections(Ensembles.of(network, member), outputs, temperature, 0);
        ImageInput input = network.input();
        NDArray image = array(shape(1, input.channels(), input.height(), input.width()), IMAGE);
        return directions.towards(image, array(shape(1, 3), guide), 0);
    }

    private float[] perturbation(Direction direction) {
        return direction.unit().mul(StepSize.norm(1, direction.unit())).toFloatArray();
    }

    private float[] perturbed(NDArray perturbation) {
        return PerturbedImages.of(array(shape(1, 1, 1, 4), IMAGE), perturbation).toFloatArray();
    }

    @Test
    void towards_atTemperatureOne() {
        Direction direction = direction(LinearNetwork.plain(4, 3), 1, LINEAR, GUIDE);
        NDArray ods = direction.unit().mul(StepSize.norm(1, direction.unit()));
        assertClose(ods.toFloatArray(), 2e-9, -.001586616724, -.001865216447, .005191579621, -.005344709348);
        assertClose(perturbed(ods), 1e-7, .1984133833, .8981347836, .5051915796, .9936552907);
        assertThat((double) direction.confidence().getFloat(0)).isCloseTo(.781846513, within(1e-6));
        assertClose(
                ods.mul(direction.confidence()).toFloatArray(),
                2e-9,
                -.001240490753,
                -.001458312975,
                .004059018424,
                -.004178742366);
    }

    @Test
    void towards_atTemperatureFour() {
        Direction direction = direction(LinearNetwork.plain(4, 3), 4, LINEAR, GUIDE);
        assertClose(direction.unit().toFloatArray(), 2e-6, -.01882982936, -.4804786459, .5854331234, -.6527279421);
        NDArray ods = direction.unit().mul(StepSize.norm(1, direction.unit()));
        assertClose(perturbed(ods), 1e-7, .1998523151, .89623154, .5045916323, .9938805652);
        NDArray scaled = ods.mul(direction.confidence());
        assertThat((double) direction.confidence().getFloat(0)).isCloseTo(.4700473465, within(1e-6));
        assertClose(perturbed(scaled), 1e-7, .1999305811, .8982286454, .5021582846, .9965936232);
    }

    /** W^T w = (0.25, -1.875, 1.625, -2.125), whatever the probabilities; the confidence stays the softened one. */
    @Test
    void towards_combinedLogits() {
        for (double temperature : new double[] {1, 4}) {
            Direction direction = direction(Outputs.LOGITS, LinearNetwork.plain(4, 3), temperature, LINEAR, GUIDE);
            assertClose(direction.unit().toFloatArray(), 1e-6, .07630475937, -.5722856953, .4959809359, -.6485904547);
            assertThat((double) direction.confidence().getFloat(0))
                    .isCloseTo(temperature == 1 ? .781846513 : .4700473465, within(1e-6));
        }
    }

    @Test
    void towards_combinedLogitsOfASaturatedMember_hasFullLength() {
        float[] confident = LINEAR.clone();
        confident[13] = 1000;
        Direction direction = direction(Outputs.LOGITS, LinearNetwork.plain(4, 3), 1, confident, GUIDE);
        assertClose(direction.unit().toFloatArray(), 1e-6, .07630475937, -.5722856953, .4959809359, -.6485904547);
    }

    @Test
    void towards_goesThroughTheNetworksOwnNormalisation() {
        LinearNetwork network = new LinearNetwork(
                new ImageInput(4, 1, 1, 3, List.of(.5f, .4f, .3f, .2f), List.of(.25f, .2f, .5f, .1f)), 1);
        assertClose(
                perturbation(direction(network, 4, LINEAR, GUIDE)),
                1e-8,
                -.000643940503,
                -.001748212686,
                .00142012557,
                -.007485127814);
    }

    @Test
    void towards_theOppositeGuide_isTheOppositeDirection_andClamps() {
        float[] there = perturbation(direction(LinearNetwork.plain(4, 3), 4, LINEAR, GUIDE));
        Direction back = direction(LinearNetwork.plain(4, 3), 4, LINEAR, -.5f, 1, -.25f);
        NDArray ods = back.unit().mul(StepSize.norm(1, back.unit()));
        for (int i = 0; i < 4; i++) {
            assertThat(ods.toFloatArray()[i]).isCloseTo(-there[i], within(1e-8f));
        }
        assertThat(perturbed(ods)[3]).isEqualTo(1f);
    }

    /** Two classes apart by 25 at temperature 1: the gradient is 1e-11 long, and float32 would lose w - sum(w y). */
    @Test
    void towards_aSaturatedMember_keepsItsDirection() {
        float[] confident = LINEAR.clone();
        confident[13] = 25;
        Direction direction = direction(LinearNetwork.plain(4, 3), 1, confident, GUIDE);
        double[] expected = unit(confident, 1);
        float[] actual = direction.unit().toFloatArray();
        for (int i = 0; i < 4; i++) {
            assertThat((double) actual[i]).isCloseTo(expected[i], within(1e-5));
        }
    }

    /** Gradients below the floor are not stretched to full length: the step fades out, finite at every size. */
    @Test
    void towards_aMemberBelowTheFloor_fadesOut() {
        for (float bias : new float[] {32, 60, 95, 110, 1000, 1e30f}) {
            float[] confident = LINEAR.clone();
            confident[13] = bias;
            float[] actual = direction(LinearNetwork.plain(4, 3), 1, confident, GUIDE)
                    .unit()
                    .toFloatArray();
            double[] expected = unit(confident, 1);
            for (int i = 0; i < 4; i++) {
                assertThat((double) actual[i]).isCloseTo(expected[i], within(1e-5));
            }
        }
    }

    @Test
    void towards_anEvenGuide_staysWhereItIs() {
        Direction direction = direction(LinearNetwork.plain(4, 3), 1, LINEAR, .5f, .5f, .5f);
        assertThat(direction.unit().toFloatArray()).containsOnly(0f);
    }

    /** In double precision, with the floor of 1e-12. */
    private static double[] unit(float[] linear, double temperature) {
        double[] logits = new double[3];
        double top = Double.NEGATIVE_INFINITY;
        for (int k = 0; k < 3; k++) {
            logits[k] = linear[12 + k];
            for (int d = 0; d < 4; d++) {
                logits[k] += (double) linear[4 * k + d] * IMAGE[d];
            }
            top = Math.max(top, logits[k]);
        }
        double sum = 0;
        for (int k = 0; k < 3; k++) {
            sum += Math.exp((logits[k] - top) / temperature);
        }
        double[] gradient = new double[4];
        for (int k = 0; k < 3; k++) {
            for (int j = 0; j < 3; j++) {
                double weight = Math.exp((logits[k] - top) / temperature)
                        * Math.exp((logits[j] - top) / temperature)
                        / (sum * sum * temperature)
                        * (GUIDE[k] - (double) GUIDE[j]);
                for (int d = 0; d < 4; d++) {
                    gradient[d] += weight * linear[4 * k + d];
                }
            }
        }
        double square = 0;
        for (double g : gradient) {
            square += g * g;
        }
        for (int d = 0; d < 4; d++) {
            gradient[d] /= Math.max(Math.sqrt(square), 1e-12);
        }
        return gradient;
    }
}
