package dev.polyphony.streaming.reader;

import dev.polyphony.experiment.Sha256;
import dev.polyphony.wire.StepRecord;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * A record with the hash of the bytes it came as; of a whole step, with the hashes of all its records in order.
 *
 * @param record what the bytes say
 * @param hashes SHA-256 of each record's value
 */
record Received<T extends StepRecord>(T record, List<String> hashes) implements StepRecord {

    Received {
        hashes = List.copyOf(hashes);
    }

    static <T extends StepRecord> Received<T> of(T record, byte[] value) {
        return new Received<>(record, List.of(Sha256.of(value)));
    }

    static <T extends StepRecord> Received<T> join(List<Received<T>> parts, Function<List<T>, T> join) {
        return new Received<>(
                join.apply(parts.stream().map(Received::record).toList()),
                parts.stream().flatMap(part -> part.hashes().stream()).toList());
    }

    /** The hashes of several, in order. */
    static List<String> hashes(Received<?>... all) {
        return Stream.of(all).flatMap(one -> one.hashes().stream()).toList();
    }

    @Override
    public String streamId() {
        return record.streamId();
    }

    @Override
    public long step() {
        return record.step();
    }

    @Override
    public int part() {
        return record.part();
    }

    @Override
    public int parts() {
        return record.parts();
    }

    @Override
    public byte[] encode() {
        return record.encode();
    }
}
