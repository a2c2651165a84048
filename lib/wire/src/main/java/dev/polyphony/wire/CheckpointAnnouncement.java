package dev.polyphony.wire;

import dev.polyphony.wire.protobuf.CheckpointMessage;
import java.nio.ByteBuffer;

/**
 * A student checkpoint is in the model store.
 *
 * @param runId identity of the run
 * @param streamId identity of the stream it learns from
 * @param nextStep steps applied so far
 * @param epochsDone whole epochs applied so far
 * @param address of the file in the model store
 * @param sha256 of the file, 64 lower-case hexadecimal digits
 * @param last whether training is complete
 */
public record CheckpointAnnouncement(
        String runId, String streamId, long nextStep, int epochsDone, String address, String sha256, boolean last) {

    public CheckpointAnnouncement {
        Decoding.requireText("runId", runId);
        Decoding.requireText("streamId", streamId);
        Decoding.requireAtLeast("nextStep", nextStep, 0);
        Decoding.requireAtLeast("epochsDone", epochsDone, 0);
        Decoding.requireText("address", address);
        if (!sha256.matches("[0-9a-f]{64}")) {
            throw new IllegalArgumentException(
                    "sha256 must be 64 lower-case hexadecimal digits, not \"" + sha256 + "\"");
        }
    }

    /** The record's bytes, as docs/wire-format.md describes them. */
    public byte[] encode() {
        return CheckpointMessage.newBuilder()
                .setVersion(Decoding.VERSION)
                .setRunId(runId)
                .setStreamId(streamId)
                .setNextStep(nextStep)
                .setEpochsDone(epochsDone)
                .setAddress(address)
                .setSha256(sha256)
                .setLast(last)
                .build()
                .toByteArray();
    }

    /**
     * Reads the record that {@link #encode} wrote.
     *
     * @throws UnreadableRecordException if the bytes are not a checkpoint record of this version
     */
    public static CheckpointAnnouncement decode(byte[] bytes) {
        return decode(ByteBuffer.wrap(bytes));
    }

    /**
     * Reads the record that {@link #encode} wrote.
     *
     * @throws UnreadableRecordException if the bytes are not a checkpoint record of this version
     */
    public static CheckpointAnnouncement decode(ByteBuffer bytes) {
        return Decoding.decode(
                "checkpoint",
                bytes,
                CheckpointMessage.parser(),
                CheckpointMessage::getVersion,
                CheckpointAnnouncement::of);
    }

    private static CheckpointAnnouncement of(CheckpointMessage message) {
        Decoding.requirePresent(message.hasLast(), "last");
        return new CheckpointAnnouncement(
                message.getRunId(),
                message.getStreamId(),
                message.getNextStep(),
                message.getEpochsDone(),
                message.getAddress(),
                message.getSha256(),
                message.getLast());
    }
}
