package dev.polyphony.wire;

import dev.polyphony.wire.protobuf.EvaluationMessage;
import java.nio.ByteBuffer;

/**
 * The scores of one checkpoint.
 *
 * @param runId identity of the run
 * @param nextStep steps the checkpoint had applied
 * @param json the scores, one JSON document
 */
public record Evaluation(String runId, long nextStep, String json) {

    public Evaluation {
        Decoding.requireText("runId", runId);
        Decoding.requireAtLeast("nextStep", nextStep, 0);
        Decoding.requireText("json", json);
    }

    /** The record's bytes, as docs/wire-format.md describes them. */
    public byte[] encode() {
        return EvaluationMessage.newBuilder()
                .setVersion(Decoding.VERSION)
                .setRunId(runId)
                .setNextStep(nextStep)
                .setJson(json)
                .build()
                .toByteArray();
    }

    /**
     * Reads the record that {@link #encode} wrote.
     *
     * @throws UnreadableRecordException if the bytes are not an evaluation record of this version
     */
    public static Evaluation decode(byte[] bytes) {
        return decode(ByteBuffer.wrap(bytes));
    }

    /**
     * Reads the record that {@link #encode} wrote.
     *
     * @throws UnreadableRecordException if the bytes are not an evaluation record of this version
     */
    public static Evaluation decode(ByteBuffer bytes) {
        return Decoding.decode(
                "evaluation",
                bytes,
                EvaluationMessage.parser(),
                EvaluationMessage::getVersion,
                message -> new Evaluation(message.getRunId(), message.getNextStep(), message.getJson()));
    }
}
