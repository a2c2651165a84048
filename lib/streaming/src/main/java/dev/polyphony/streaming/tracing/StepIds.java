package dev.polyphony.streaming.tracing;

import io.opentelemetry.sdk.trace.IdGenerator;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.function.Supplier;

/**
 * The trace of a step and the spans of what is done with it, by name. Every service knows them without being told, so
 * that no record carries them: a stream's bytes are the same with and without tracing, and a student that learns from a
 * recording years later still joins the trace of the step.
 *
 * <p>The trace ids are spread evenly: sampling by trace id keeps the same steps in all services.
 */
final class StepIds implements IdGenerator {

    private static final HexFormat HEX = HexFormat.of();

    private static final ThreadLocal<Step> NEXT = new ThreadLocal<>();

    private final String streamId;

    StepIds(String streamId) {
        this.streamId = streamId;
    }

    private record Step(StepWork work, long number) {}

    /** What starts a span, with the ids of a step's work. */
    <T> T of(StepWork work, long step, Supplier<T> start) {
        NEXT.set(new Step(work, step));
        try {
            return start.get();
        } finally {
            NEXT.remove();
        }
    }

    String trace(long step) {
        return HEX.formatHex(hash(streamId + "/" + step), 0, 16);
    }

    String span(StepWork work, long step) {
        return HEX.formatHex(hash(streamId + "/" + step + "/" + work.spanName()), 0, 8);
    }

    @Override
    public String generateTraceId() {
        Step step = NEXT.get();
        return step == null ? IdGenerator.random().generateTraceId() : trace(step.number());
    }

    @Override
    public String generateSpanId() {
        Step step = NEXT.get();
        // Students of one stream are many, and each is learning: theirs are drawn.
        return step == null || step.work() == StepWork.LEARN
                ? IdGenerator.random().generateSpanId()
                : span(step.work(), step.number());
    }

    private static byte[] hash(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
