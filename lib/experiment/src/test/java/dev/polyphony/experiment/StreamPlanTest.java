package dev.polyphony.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class StreamPlanTest {

    @Property(tries = 100)
    void epoch_visitsEveryImageOnce(
            @ForAll @IntRange(min = 1, max = 300) int samples,
            @ForAll @IntRange(min = 1, max = 70) int batchSize,
            @ForAll long seed) {
        StreamPlan plan = new StreamPlan(samples, batchSize, 2, seed);
        for (int epoch = 0; epoch < 2; epoch++) {
            long first = (long) epoch * plan.stepsPerEpoch();
            assertThat(LongStream.range(first, first + plan.stepsPerEpoch())
                            .mapToObj(plan::indices)
                            .flatMapToInt(Arrays::stream)
                            .toArray())
                    .containsExactlyInAnyOrder(IntStream.range(0, samples).toArray());
        }
    }

    @Test
    void lastMinibatch_isKeptThoughIncomplete() {
        StreamPlan plan = new StreamPlan(10, 4, 3, 1);
        assertThat(plan.stepsPerEpoch()).isEqualTo(3);
        assertThat(plan.steps()).isEqualTo(9);
        assertThat(plan.sampleCount(4)).isEqualTo(4);
        assertThat(plan.sampleCount(5)).isEqualTo(2);
        assertThat(plan.indices(5)).hasSize(2);
        assertThat(plan.epoch(5)).isEqualTo(1);
        assertThat(plan.stepInEpoch(5)).isEqualTo(2);
    }

    @Test
    void indices_dependOnNothingButThePlan() {
        StreamPlan plan = new StreamPlan(1000, 8, 2, 1);
        plan.indices(200);
        assertThat(plan.indices(0)).isEqualTo(new StreamPlan(1000, 8, 2, 1).indices(0));
        assertThat(plan.indices(0)).isNotEqualTo(new StreamPlan(1000, 8, 2, 2).indices(0));
        assertThat(plan.permutation(0)).isNotEqualTo(plan.permutation(1));
    }

    @Test
    void firstIndices_areFrozen() {
        assertThat(new StreamPlan(1000, 8, 2, 1).indices(0)).containsExactly(446, 28, 42, 20, 801, 224, 732, 631);
    }

    @Test
    void aStepOutsideThePlan_isRefused() {
        StreamPlan plan = new StreamPlan(10, 4, 3, 1);
        assertThatThrownBy(() -> plan.indices(9)).hasMessage("step 9 is outside 0..8");
        assertThatThrownBy(() -> plan.indices(-1)).hasMessage("step -1 is outside 0..8");
        assertThatThrownBy(() -> new StreamPlan(0, 4, 3, 1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new StreamPlan(1, 0, 3, 1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new StreamPlan(1, 4, 0, 1)).isInstanceOf(IllegalArgumentException.class);
    }
}
