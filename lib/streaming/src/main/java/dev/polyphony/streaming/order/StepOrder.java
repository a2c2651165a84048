package dev.polyphony.streaming.order;

import dev.polyphony.streaming.MissingStepException;
import dev.polyphony.wire.StepRecord;
import dev.polyphony.wire.UnreadableRecordException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Merges the partitions of one topic into strict step order. Step n comes from partition n mod partitions, and each
 * partition is in step order; so the next step is always known, and so is where it will come from. Steps that were
 * seen already are dropped and counted. A step that is missing as its partition goes on without it is looked for further
 * on; if it is not there either, that is an error.
 *
 * <p>Not thread-safe.
 *
 * @param <T> what is merged
 */
public final class StepOrder<T extends StepRecord> {

    private final String name;
    private final Function<List<T>, T> join;
    private final LateSteps<T> late;
    private final int capacity;
    private final List<Lane<T>> lanes = new ArrayList<>();
    private long next;
    private long duplicates;

    /**
     * An order that begins with a step.
     *
     * @param name of the topic, for messages
     * @param offsets per partition, where reading begins
     * @param nextStep first step to be taken; earlier ones are passed over
     * @param capacity whole steps that a partition may hold before it is full
     * @param join makes one of the parts of a step, given in order
     * @param late finds steps that were written again after others
     */
    public StepOrder(
            String name,
            List<Long> offsets,
            long nextStep,
            int capacity,
            Function<List<T>, T> join,
            LateSteps<T> late) {
        if (offsets.isEmpty() || nextStep < 0 || capacity < 1) {
            throw new IllegalArgumentException("needs a partition, a step of at least 0 and a capacity of at least 1: "
                    + offsets.size() + ", " + nextStep + ", " + capacity);
        }
        this.name = name;
        this.join = join;
        this.late = late;
        this.capacity = capacity;
        this.next = nextStep;
        int partitions = offsets.size();
        for (int partition = 0; partition < partitions; partition++) {
            long first = nextStep + Math.floorMod(partition - nextStep, (long) partitions);
            lanes.add(new Lane<>(first, offsets.get(partition)));
        }
    }

    /**
     * Takes in the next record of a partition.
     *
     * @param offset of the record in its partition
     * @throws UnreadableRecordException if the record does not belong into this partition; nothing was done with it
     * @throws MissingStepException if the record shows that an earlier step is missing, and it is not found further on
     */
    public void add(int partition, long offset, T record) {
        long step = record.step();
        if (step % lanes.size() != partition) {
            throw new UnreadableRecordException(
                    "step " + step + " belongs into partition " + step % lanes.size() + " of " + lanes.size());
        }
        Lane<T> lane = lanes.get(partition);
        if (step < lane.first) {
            return;
        }
        int parts = lane.parts.size();
        if (step < lane.arriving || (step == lane.arriving && record.part() < parts)) {
            duplicates++;
            return;
        }
        if (step == lane.arriving && record.part() > parts) {
            // Its first parts are gone; if the step came again, its parts are together.
            return;
        }
        while (step > lane.arriving) {
            fillHole(lane, partition, offset);
        }
        if (record.part() > lane.parts.size()) {
            return;
        }
        lane.parts.add(record);
        if (lane.parts.size() == record.parts()) {
            List<T> whole = List.copyOf(lane.parts);
            lane.parts.clear();
            lane.whole.add(new Whole<>(join.apply(whole), offset + 1));
            lane.arriving += lanes.size();
        }
    }

    private void fillHole(Lane<T> lane, int partition, long offset) {
        T found = late.find(lane.arriving, partition, offset + 1);
        if (found == null) {
            throw MissingStepException.of(name, lane.arriving);
        }
        // Reading goes on, and after a restart begins, at the record that showed the hole.
        lane.whole.add(new Whole<>(found, offset));
        lane.parts.clear();
        lane.arriving += lanes.size();
    }

    /** The step that {@link #take} returns next. */
    public long nextStep() {
        return next;
    }

    /** Whether the next step is there. */
    public boolean isReady() {
        return !nextLane().whole.isEmpty();
    }

    /** The next step, or null if it is not there yet. */
    public @Nullable T take() {
        Lane<T> lane = nextLane();
        Whole<T> head = lane.whole.poll();
        if (head == null) {
            return null;
        }
        next++;
        lane.offset = head.offset;
        return head.value;
    }

    /** Whether a partition holds as many steps as it may: nothing more should be fetched from it now. */
    public boolean isFull(int partition) {
        return lanes.get(partition).whole.size() >= capacity;
    }

    /** Whole steps held, over all partitions. */
    public int held() {
        return lanes.stream().mapToInt(lane -> lane.whole.size()).sum();
    }

    /** Records dropped because their step had been seen. */
    public long duplicates() {
        return duplicates;
    }

    /** Per partition, the smallest offset whose step has not been taken. */
    public List<Long> offsets() {
        return lanes.stream().map(lane -> lane.offset).toList();
    }

    private Lane<T> nextLane() {
        return lanes.get((int) (next % lanes.size()));
    }

    private static final class Lane<T> {
        final ArrayDeque<Whole<T>> whole = new ArrayDeque<>();
        final List<T> parts = new ArrayList<>();
        final long first;
        long arriving;
        long offset;

        Lane(long first, long offset) {
            this.first = first;
            this.arriving = first;
            this.offset = offset;
        }
    }

    private record Whole<T>(T value, long offset) {}
}
