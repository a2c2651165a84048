package dev.polyphony.distillation;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import dev.polyphony.experiment.StudentPart.Objective;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The engine's backward pass must own all it needs: an array made from Java numbers is an alias of a Java buffer, which
 * the collector frees once its Java object is closed, whether or not a recorded graph still refers to it.
 */
class CollectionTest extends Scoped {

    private static final int IMAGES = 5;
    private static final int[] LABELS = {0, 2, 1, 1, 0};

    @ParameterizedTest
    @CsvSource({"ONE_TO_ONE, 400, 0.1", "AVERAGED, 100, 0.1", "END2, 100, 1e-4"})
    void steps_underConstantCollection_giveTheSameWeights(Objective objective, int steps, double rate)
            throws InterruptedException {
        float[] quiet = weightsAfterSteps(objective, steps, rate);
        AtomicBoolean done = new AtomicBoolean();
        AtomicInteger collections = new AtomicInteger();
        Thread collector = new Thread(() -> {
            while (!done.get()) {
                System.gc();
                overwriteFreed();
                collections.incrementAndGet();
            }
        });
        collector.start();
        try {
            while (collections.get() == 0) {
                Thread.onSpinWait();
            }
            assertThat(weightsAfterSteps(objective, steps, rate)).isEqualTo(quiet);
        } finally {
            done.set(true);
            collector.join();
        }
        assertThat(collections).hasValueGreaterThan(5);
    }

    private float[] weightsAfterSteps(Objective objective, int steps, double rate) {
        try (StudentTraining training = new StudentTraining(
                Students.NETWORK, Students.state(manager), Students.part(objective, rate, 0.9, 0.5, 4e-4, 1), steps)) {
            for (int step = 0; step < steps; step++) {
                training.step(images(2L * step), images(2L * step + 1), LABELS, teacher(step), step, 0);
            }
            return training.state().weights().parameters().toFloatArray();
        }
    }

    private NDArray images(long seed) {
        return array(shape(IMAGES, 1, 1, Students.PIXELS), Students.pixels(seed, IMAGES));
    }

    private NDArray teacher(long seed) {
        return array(shape(Students.MEMBERS, IMAGES, Students.CLASSES), Students.logits(seed, IMAGES));
    }

    private static void overwriteFreed() {
        List<ByteBuffer> rubbish = new ArrayList<>();
        for (int size = 4; size <= 512; size += 4) {
            for (int repeat = 0; repeat < 20; repeat++) {
                ByteBuffer buffer = ByteBuffer.allocateDirect(size);
                while (buffer.hasRemaining()) {
                    buffer.put((byte) 0x42);
                }
                rubbish.add(buffer);
            }
        }
        assertThat(rubbish).isNotEmpty();
    }
}
