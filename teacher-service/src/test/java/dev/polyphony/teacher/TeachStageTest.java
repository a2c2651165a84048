package dev.polyphony.teacher;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDManager;
import dev.polyphony.datasets.Experiment;
import dev.polyphony.experiment.StreamPlan;
import dev.polyphony.models.Ensemble;
import dev.polyphony.models.Inference;
import dev.polyphony.models.Initialisation;
import dev.polyphony.models.Network;
import dev.polyphony.models.networks.Networks;
import dev.polyphony.scoring.Diversity;
import dev.polyphony.scoring.Predictions;
import dev.polyphony.wire.DataType;
import dev.polyphony.wire.Minibatch;
import dev.polyphony.wire.TeacherLogits;
import dev.polyphony.wire.Tensor;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What Prometheus is told while the stream is recorded is what can be computed from the recorded stream. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TeachStageTest {

    private static final Offset<Double> FLOATS = Offset.offset(1e-6);

    private final Experiment experiment = Experiment.open("tiny", Path.of("data"));
    private final NDManager manager = NDManager.newBaseManager();
    private final Network network = Networks.member(experiment.recipe().training(), experiment.input());
    private final Ensemble ensemble = Ensemble.of(
            network, List.of(Initialisation.weights(network, manager, 1), Initialisation.weights(network, manager, 2)));

    @AfterAll
    void close() {
        ensemble.close();
        manager.close();
    }

    @Test
    void meanKld_isThatOfTheRecordedLogits_andOfTheCleanImages() {
        SimpleMeterRegistry registry = new SimpleMeterRegistry();
        TeachStage stage = new TeachStage(manager, experiment, ensemble, new TeacherMeters(registry));
        Minibatch minibatch = minibatch(0);
        int[] labels = minibatch.labels().toInts();

        TeacherLogits logits = stage.apply(minibatch);

        double recorded = Diversity.meanKld(Predictions.of(logits.logits().toFloats(), ensemble.size(), labels));
        double clean = Diversity.meanKld(new Predictions(
                Inference.logits(manager, ensemble, minibatch.images().toBytes()), labels));
        assertThat(shown(registry, "perturbed")).isEqualTo(recorded).isPositive();
        assertThat(shown(registry, "clean")).isCloseTo(clean, FLOATS).isNotEqualTo(recorded);
    }

    /** The clean pass costs: it is made every twentieth step. */
    @Test
    void cleanMeanKld_isMeasuredNowAndThen() {
        SimpleMeterRegistry registry = new SimpleMeterRegistry();
        TeachStage stage = new TeachStage(manager, experiment, ensemble, new TeacherMeters(registry));
        stage.apply(minibatch(1));
        assertThat(shown(registry, "perturbed")).isPositive();
        assertThat(shown(registry, "clean")).isNaN();
    }

    private static double shown(SimpleMeterRegistry registry, String input) {
        return registry.get("polyphony.teacher.mean.kld")
                .tag("input", input)
                .gauge()
                .value();
    }

    private Minibatch minibatch(long step) {
        StreamPlan plan = experiment.streamPlan();
        int[] indices = plan.indices(step);
        int pixels = experiment.dataset().shape().pixels();
        byte[] images = new byte[indices.length * pixels];
        int[] labels = new int[indices.length];
        for (int i = 0; i < indices.length; i++) {
            System.arraycopy(experiment.dataset().train().pixels(), indices[i] * pixels, images, i * pixels, pixels);
            labels[i] = experiment.dataset().train().labels()[indices[i]];
        }
        long[] shape = {
            indices.length,
            experiment.dataset().shape().channels(),
            experiment.dataset().shape().height(),
            experiment.dataset().shape().width()
        };
        return new Minibatch(
                experiment.identities().streamId(),
                step,
                plan.epoch(step),
                0,
                1,
                Tensor.ofBytes(images, shape),
                noise(images.length, shape),
                Tensor.ofInts(labels),
                Tensor.ofInts(indices),
                Minibatch.CONFODS,
                0,
                1);
    }

    /** Float16 of 0 and of 0.25, by their bits. */
    private static Tensor noise(int count, long[] shape) {
        SplittableRandom random = new SplittableRandom(1);
        ByteBuffer bytes = ByteBuffer.allocate(2 * count).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < count; i++) {
            bytes.putShort(random.nextBoolean() ? (short) 0 : (short) 0x3400);
        }
        return Tensor.of(DataType.FLOAT16, bytes.flip(), shape);
    }
}
