package dev.polyphony.streaming.order;

import dev.polyphony.wire.StepRecord;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Merges the partitions of one topic into strict step order. Step n comes from partition n mod partitions, and each
 * partition is in step order; so the next step is always known, and so is where it will come from. Steps that were
 * seen already are dropped and counted; a step that is missing is an error as soon as its partition goes on without it.
 *
 * <p>Not thread-safe.
 *
 * @param <T> what is merged
 */
public final class StepOrder<T extends StepRecord> {

    private final String name;
    private final Function<List<T>, T> join;
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
     */
    public StepOrder(String name, List<Long> offsets, long nextStep, int capacity, Function<List<T>, T> join) {
        if (offsets.isEmpty() || nextStep < 0 || capacity < 1) {
            throw new IllegalArgumentException("needs a partition, a step of at least 0 and a capacity of at least 1: "
                    + offsets.size() + ", " + nextStep + ", " + capacity);
        }
        this.name = name;
        this.join = join;
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
     * @throws BrokenOrderException if the record shows that an earlier one is missing, or does not belong here
     */
    public void add(int partition, long offset, T record) {
        long step = record.step();
        if (step % lanes.size() != partition) {
            throw new BrokenOrderException(where(partition, offset) + " holds step " + step
                    + ", which belongs into partition " + step % lanes.size() + " of " + lanes.size());
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
        if (step > lane.arriving || record.part() > parts) {
            throw new BrokenOrderException(where(partition, offset) + " holds " + describe(step, record.part())
                    + ", but "
                    + describe(lane.arriving, parts) + " has not come and can no longer come. A record was lost, "
                    + "or could not be read and lies in " + name + ".dlt, or in that of the topic before it.");
        }
        lane.parts.add(record);
        if (lane.parts.size() == record.parts()) {
            lane.whole.add(new Whole<>(join.apply(List.copyOf(lane.parts)), offset + 1));
            lane.parts.clear();
            lane.arriving += lanes.size();
        }
    }

    private String where(int partition, long offset) {
        return name + " partition " + partition + " offset " + offset;
    }

    private static String describe(long step, int part) {
        return part == 0 ? "step " + step : "part " + part + " of step " + step;
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
