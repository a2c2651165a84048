package dev.polyphony.wire;

import dev.polyphony.wire.protobuf.PlanStepMessage;
import java.nio.ByteBuffer;

/**
 * One step of a stream's plan. Which images it draws follows from the stream's seed and the epoch.
 *
 * @param streamId identity of the stream
 * @param step over the whole stream, 0-based
 * @param epoch of the step, 0-based
 * @param stepInEpoch position in the epoch, 0-based
 * @param sampleCount images of the step, at least 1
 */
public record PlanStep(String streamId, long step, int epoch, int stepInEpoch, int sampleCount) implements StepRecord {

    public PlanStep {
        Decoding.requireText("streamId", streamId);
        Decoding.requireAtLeast("step", step, 0);
        Decoding.requireAtLeast("epoch", epoch, 0);
        Decoding.requireAtLeast("stepInEpoch", stepInEpoch, 0);
        Decoding.requireAtLeast("sampleCount", sampleCount, 1);
    }

    @Override
    public byte[] encode() {
        return PlanStepMessage.newBuilder()
                .setVersion(Decoding.VERSION)
                .setStreamId(streamId)
                .setStep(step)
                .setEpoch(epoch)
                .setStepInEpoch(stepInEpoch)
                .setSampleCount(sampleCount)
                .build()
                .toByteArray();
    }

    /**
     * Reads the record that {@link #encode} wrote.
     *
     * @throws UnreadableRecordException if the bytes are not a plan record of this version
     */
    public static PlanStep decode(byte[] bytes) {
        return decode(ByteBuffer.wrap(bytes));
    }

    /**
     * Reads the record that {@link #encode} wrote.
     *
     * @throws UnreadableRecordException if the bytes are not a plan record of this version
     */
    public static PlanStep decode(ByteBuffer bytes) {
        return Decoding.decode(
                "plan",
                bytes,
                PlanStepMessage.parser(),
                PlanStepMessage::getVersion,
                message -> new PlanStep(
                        message.getStreamId(),
                        message.getStep(),
                        message.getEpoch(),
                        message.getStepInEpoch(),
                        message.getSampleCount()));
    }
}
