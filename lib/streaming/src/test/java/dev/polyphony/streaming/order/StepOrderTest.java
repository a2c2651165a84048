package dev.polyphony.streaming.order;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.polyphony.streaming.MissingStepException;
import dev.polyphony.wire.StepRecord;
import dev.polyphony.wire.UnreadableRecordException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class StepOrderTest {

    record Mark(long step, int part, int parts) implements StepRecord {
        @Override
        public String streamId() {
            return "s";
        }

        @Override
        public byte[] encode() {
            return new byte[0];
        }
    }

    private static Mark join(List<Mark> parts) {
        assertThat(parts).extracting(Mark::part).isSorted().doesNotHaveDuplicates();
        return new Mark(parts.get(0).step(), 0, parts.size());
    }

    private static StepOrder<Mark> order(int partitions, long next) {
        return new StepOrder<>(
                "t", Collections.nCopies(partitions, 0L), next, 2, StepOrderTest::join, LateSteps.none());
    }

    /** The partitions of a topic that holds the steps, some twice, some in parts. */
    private static List<List<Mark>> topic(int partitions, int steps, Random random) {
        List<List<Mark>> topic = new ArrayList<>();
        for (int partition = 0; partition < partitions; partition++) {
            List<Mark> records = new ArrayList<>();
            for (long step = partition; step < steps; step += partitions) {
                int parts = 1 + random.nextInt(3);
                int times = random.nextInt(4) == 0 ? 2 : 1;
                for (int i = 0; i < parts * times; i++) {
                    records.add(new Mark(step, i % parts, parts));
                }
            }
            topic.add(records);
        }
        return topic;
    }

    @Property(tries = 300)
    void anyInterleaving_comesOutInOrder(
            @ForAll @IntRange(min = 1, max = 7) int partitions,
            @ForAll @IntRange(min = 0, max = 60) int steps,
            @ForAll @IntRange(min = 0, max = 20) int from,
            @ForAll long seed) {
        Random random = new Random(seed);
        List<List<Mark>> topic = topic(partitions, steps, random);
        StepOrder<Mark> order = order(partitions, from);
        int[] read = new int[partitions];
        long expected = from;
        int held = 0;
        for (int turn = 0; turn < 5000 && expected < steps; turn++) {
            int partition = random.nextInt(partitions);
            if (!order.isFull(partition)
                    && read[partition] < topic.get(partition).size()) {
                order.add(partition, read[partition], topic.get(partition).get(read[partition]));
                read[partition]++;
            }
            held = Math.max(held, order.held());
            for (Mark taken = order.take(); taken != null && random.nextBoolean(); taken = order.take()) {
                assertThat(taken.step()).isEqualTo(expected++);
            }
            expected = order.nextStep();
        }
        assertThat(order.nextStep()).isEqualTo(Math.max(from, steps));
        assertThat(held).isLessThanOrEqualTo(2 * partitions);
    }

    @Property(tries = 200)
    void offsets_resumeExactly(
            @ForAll @IntRange(min = 1, max = 5) int partitions,
            @ForAll @IntRange(min = 1, max = 40) int steps,
            @ForAll @IntRange(min = 0, max = 39) int taken,
            @ForAll long seed) {
        List<List<Mark>> topic = topic(partitions, steps, new Random(seed));
        StepOrder<Mark> first = new StepOrder<>(
                "t", Collections.nCopies(partitions, 0L), 0, 1000, StepOrderTest::join, LateSteps.none());
        feed(first, topic, first.offsets());
        for (int i = 0; i < Math.min(taken, steps); i++) {
            assertThat(first.take()).isNotNull();
        }
        StepOrder<Mark> second =
                new StepOrder<>("t", first.offsets(), first.nextStep(), 1000, StepOrderTest::join, LateSteps.none());
        feed(second, topic, first.offsets());
        for (long step = first.nextStep(); step < steps; step++) {
            assertThat(second.take()).isNotNull().extracting(Mark::step).isEqualTo(step);
        }
        assertThat(second.take()).isNull();
    }

    private static void feed(StepOrder<Mark> order, List<List<Mark>> topic, List<Long> from) {
        for (int partition = 0; partition < topic.size(); partition++) {
            List<Mark> records = topic.get(partition);
            for (int offset = from.get(partition).intValue(); offset < records.size(); offset++) {
                order.add(partition, offset, records.get(offset));
            }
        }
    }

    @Test
    void duplicates_areCounted() {
        StepOrder<Mark> order = order(1, 0);
        order.add(0, 0, new Mark(0, 0, 1));
        order.add(0, 1, new Mark(0, 0, 1));
        order.take();
        order.add(0, 2, new Mark(0, 0, 1));
        assertThat(order.duplicates()).isEqualTo(2);
        assertThat(order.take()).isNull();
    }

    @Test
    void gap_isNamed() {
        StepOrder<Mark> order = order(2, 0);
        order.add(0, 0, new Mark(0, 0, 1));
        assertThatExceptionOfType(MissingStepException.class)
                .isThrownBy(() -> order.add(0, 7, new Mark(4, 0, 1)))
                .withMessageContaining("step 2 of t is missing");
    }

    @Test
    void missingPart_isAGapOnceTheNextStepComes() {
        StepOrder<Mark> order = order(1, 0);
        order.add(0, 0, new Mark(0, 0, 3));
        order.add(0, 1, new Mark(0, 2, 3));
        assertThat(order.take()).isNull();
        assertThatExceptionOfType(MissingStepException.class)
                .isThrownBy(() -> order.add(0, 2, new Mark(1, 0, 1)))
                .withMessageContaining("step 0 of t is missing");
    }

    @Test
    void stepWrittenAgainLater_fillsItsGap_andIsThenADuplicate() {
        List<String> asked = new ArrayList<>();
        StepOrder<Mark> order =
                new StepOrder<>("t", List.of(0L, 0L), 0, 2, StepOrderTest::join, (step, partition, fromOffset) -> {
                    asked.add(step + " in " + partition + " from " + fromOffset);
                    return new Mark(step, 0, 1);
                });
        order.add(0, 0, new Mark(0, 0, 1));
        order.add(0, 7, new Mark(4, 0, 1));
        order.add(1, 0, new Mark(1, 0, 1));
        assertThat(asked).containsExactly("2 in 0 from 8");
        order.take();
        order.take();
        assertThat(order.take()).isEqualTo(new Mark(2, 0, 1));
        assertThat(order.offsets()).containsExactly(7L, 1L);
        order.add(0, 9, new Mark(2, 0, 1));
        assertThat(order.duplicates()).isEqualTo(1);
    }

    @Test
    void wrongPartition_isUnreadable_andDoesNoHarm() {
        StepOrder<Mark> order = order(2, 0);
        assertThatExceptionOfType(UnreadableRecordException.class)
                .isThrownBy(() -> order.add(0, 3, new Mark(1, 0, 1)))
                .withMessage("step 1 belongs into partition 1 of 2");
        order.add(0, 4, new Mark(0, 0, 1));
        assertThat(order.take()).isEqualTo(new Mark(0, 0, 1));
    }

    @Test
    void laterSteps_waitForTheNext() {
        StepOrder<Mark> order = order(2, 0);
        order.add(1, 0, new Mark(1, 0, 1));
        order.add(1, 1, new Mark(3, 0, 1));
        assertThat(order.take()).isNull();
        assertThat(order.isFull(1)).isTrue();
        assertThat(order.isFull(0)).isFalse();
        order.add(0, 0, new Mark(0, 0, 1));
        assertThat(order.take()).isEqualTo(new Mark(0, 0, 1));
        assertThat(order.take()).isEqualTo(new Mark(1, 0, 1));
        assertThat(order.take()).isNull();
    }
}
