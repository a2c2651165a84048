package dev.polyphony.perturb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import ai.djl.ndarray.NDManager;
import dev.polyphony.datasets.Experiment;
import dev.polyphony.distillation.Perturbations;
import dev.polyphony.experiment.StreamPlan;
import dev.polyphony.models.Ensemble;
import dev.polyphony.models.Initialisation;
import dev.polyphony.models.Network;
import dev.polyphony.models.networks.Networks;
import dev.polyphony.wire.Minibatch;
import dev.polyphony.wire.PlanStep;
import dev.polyphony.wire.Tensor;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PerturbStageTest {

    private final Experiment experiment = Experiment.open("tiny", Path.of("data"));
    private final NDManager manager = NDManager.newBaseManager();
    private final Network network = Networks.member(experiment.recipe().training(), experiment.input());
    private final Ensemble ensemble = Ensemble.of(
            network, List.of(Initialisation.weights(network, manager, 1), Initialisation.weights(network, manager, 2)));
    private final AtomicReference<Double> norm = new AtomicReference<>(Double.NaN);
    private final PerturbStage stage = stage();

    private PerturbStage stage() {
        return new PerturbStage(
                manager, experiment, Perturbations.of(experiment.recipe().stream(), ensemble), norm::set);
    }

    @AfterAll
    void close() {
        ensemble.close();
        manager.close();
    }

    @Test
    void sameStep_givesTheSameBytes_fromAnotherStageToo() {
        byte[] first = stage.apply(step(3)).encode();
        stage.apply(step(4));
        assertThat(stage.apply(step(3)).encode()).isEqualTo(first);
        assertThat(stage().apply(step(3)).encode()).isEqualTo(first);
        assertThat(stage.apply(step(4)).encode()).isNotEqualTo(first);
    }

    @Test
    void minibatch_holdsTheCleanImagesOfThePlan() {
        StreamPlan plan = experiment.streamPlan();
        Minibatch minibatch = stage.apply(step(5));
        int[] indices = plan.indices(5);
        assertThat(minibatch.indices().toInts()).isEqualTo(indices);
        assertThat(minibatch.streamId()).isEqualTo(experiment.identities().streamId());
        int pixels = experiment.dataset().shape().pixels();
        byte[] images = minibatch.images().toBytes();
        for (int i = 0; i < indices.length; i++) {
            assertThat(minibatch.labels().toInts()[i])
                    .isEqualTo(experiment.dataset().train().labels()[indices[i]]);
            for (int p = 0; p < pixels; p++) {
                assertThat(images[i * pixels + p])
                        .isEqualTo(experiment.dataset().train().pixels()[indices[i] * pixels + p]);
            }
        }
    }

    @Test
    void perturbation_isAsLargeAsConfidenceAllows() {
        Minibatch minibatch = stage.apply(step(0));
        Tensor perturbation = Objects.requireNonNull(minibatch.perturbation());
        float[] values = perturbation.toFloats();
        int pixels = experiment.dataset().shape().pixels();
        double longest = Math.sqrt(pixels) / 255;
        double sum = 0;
        for (int i = 0; i < minibatch.samples(); i++) {
            double squares = 0;
            for (int p = 0; p < pixels; p++) {
                squares += (double) values[i * pixels + p] * values[i * pixels + p];
            }
            sum += Math.sqrt(squares);
            // With 10 classes the softened confidence is at least a tenth; float16 rounds.
            assertThat(Math.sqrt(squares)).isBetween(0.099 * longest, 1.001 * longest);
        }
        assertThat(norm.get())
                .as("what Prometheus is told")
                .isCloseTo(sum / minibatch.samples(), withinPercentage(0.1));
        assertThat(minibatch.kind()).isEqualTo(Minibatch.CONFODS);
        assertThat(minibatch.member()).isBetween(0, 1);
    }

    private PlanStep step(long step) {
        StreamPlan plan = experiment.streamPlan();
        return new PlanStep(
                experiment.identities().streamId(),
                step,
                plan.epoch(step),
                plan.stepInEpoch(step),
                plan.sampleCount(step));
    }
}
