package dev.polyphony.streaming;

import dev.polyphony.wire.Minibatch;
import dev.polyphony.wire.PlanStep;
import dev.polyphony.wire.StepRecord;
import dev.polyphony.wire.TeacherLogits;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * How one kind of step record is read, split and joined.
 *
 * @param decode bytes to record; throws UnreadableRecordException
 * @param split a whole step into records of at most so many bytes
 * @param join all parts of a step, in order
 */
public record RecordType<T extends StepRecord>(
        Function<byte[], T> decode, BiFunction<T, Integer, List<T>> split, Function<List<T>, T> join) {

    public static final RecordType<PlanStep> PLAN =
            new RecordType<>(PlanStep::decode, (step, maxBytes) -> List.of(step), parts -> parts.get(0));

    public static final RecordType<Minibatch> MINIBATCHES =
            new RecordType<>(Minibatch::decode, Minibatch::split, Minibatch::join);

    public static final RecordType<TeacherLogits> LOGITS =
            new RecordType<>(TeacherLogits::decode, TeacherLogits::split, TeacherLogits::join);
}
