package dev.polyphony.wire;

import dev.polyphony.wire.protobuf.LogitsMessage;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * What all members of the ensemble say about the perturbed images of one step.
 *
 * @param streamId identity of the stream
 * @param step over the whole stream, 0-based
 * @param part position of this record among those of its step, 0-based
 * @param parts records of this step; may differ from the minibatch's
 * @param ensembleId identity of the ensemble
 * @param logits FLOAT32 [M, B, K], before the softmax
 */
public record TeacherLogits(String streamId, long step, int part, int parts, String ensembleId, Tensor logits)
        implements StepRecord {

    private static final int SAMPLE_AXIS = 1;

    public TeacherLogits {
        Decoding.requireText("streamId", streamId);
        Decoding.requireAtLeast("step", step, 0);
        Parts.require(part, parts);
        Decoding.requireText("ensembleId", ensembleId);
        logits.require("logits", "[M, B, K]", List.of(DataType.FLOAT32));
    }

    /** Images in this record, B. */
    public int samples() {
        return Math.toIntExact(logits.dimension(SAMPLE_AXIS));
    }

    /**
     * This record.
     *
     * @throws UnreadableRecordException if it belongs to another stream
     */
    public TeacherLogits requireStream(String expected) {
        Parts.requireStream(this, expected);
        return this;
    }

    /** The same logits as records of at most maxBytes encoded bytes each; itself if it fits. */
    public List<TeacherLogits> split(int maxBytes) {
        int samples = samples();
        int perPart = Parts.samples(logits.data().remaining() / samples, maxBytes);
        if (perPart >= samples) {
            return List.of(this);
        }
        if (parts != 1) {
            throw new IllegalArgumentException("already part " + part + " of " + parts + " parts");
        }
        int count = (samples + perPart - 1) / perPart;
        List<TeacherLogits> records = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            int from = i * perPart;
            Tensor slice = logits.slice(SAMPLE_AXIS, from, Math.min(samples, from + perPart));
            records.add(new TeacherLogits(streamId, step, i, count, ensembleId, slice));
        }
        return records;
    }

    /**
     * The logits whose parts, in order, are given.
     *
     * @throws IllegalArgumentException if they are not all parts of the logits of one step
     */
    public static TeacherLogits join(List<TeacherLogits> records) {
        Parts.requireWhole(records);
        TeacherLogits first = records.get(0);
        if (records.size() == 1) {
            return first;
        }
        for (TeacherLogits record : records) {
            if (!record.ensembleId.equals(first.ensembleId)
                    || record.logits.dimension(0) != first.logits.dimension(0)
                    || record.logits.dimension(2) != first.logits.dimension(2)) {
                throw new IllegalArgumentException(
                        "the parts of step " + first.step + " come from different ensembles");
            }
        }
        Tensor whole = Tensor.concatenate(
                SAMPLE_AXIS, records.stream().map(TeacherLogits::logits).toList());
        return new TeacherLogits(first.streamId, first.step, 0, 1, first.ensembleId, whole);
    }

    @Override
    public byte[] encode() {
        return LogitsMessage.newBuilder()
                .setVersion(Decoding.VERSION)
                .setStreamId(streamId)
                .setStep(step)
                .setPart(part)
                .setParts(parts)
                .setEnsembleId(ensembleId)
                .setLogits(logits.message())
                .build()
                .toByteArray();
    }

    /**
     * Reads the record that {@link #encode} wrote.
     *
     * @throws UnreadableRecordException if the bytes are not a logits record of this version, or a logit is not finite
     */
    public static TeacherLogits decode(byte[] bytes) {
        return decode(ByteBuffer.wrap(bytes));
    }

    /**
     * The tensor of the result is a view of the given bytes.
     *
     * @throws UnreadableRecordException if the bytes are not a logits record of this version, or a logit is not finite
     */
    public static TeacherLogits decode(ByteBuffer bytes) {
        return Decoding.decode("logits", bytes, LogitsMessage.parser(), LogitsMessage::getVersion, TeacherLogits::of);
    }

    private static TeacherLogits of(LogitsMessage message) {
        TeacherLogits record = new TeacherLogits(
                message.getStreamId(),
                message.getStep(),
                message.getPart(),
                message.getParts(),
                message.getEnsembleId(),
                Tensor.of(message.getLogits()));
        record.requireFinite();
        return record;
    }

    /** One such number costs a student all its weights; here it can still be said whose it was. */
    private void requireFinite() {
        int index = logits.firstNotFinite();
        if (index >= 0) {
            int classes = Math.toIntExact(logits.dimension(2));
            throw new IllegalArgumentException("in step " + step + ", member " + index / classes / samples() + " says "
                    + logits.data().getFloat(index * Float.BYTES) + " for class " + index % classes + " of sample "
                    + index / classes % samples() + "; logits are finite");
        }
    }
}
