package dev.polyphony.streaming.tracing;

import dev.polyphony.streaming.pipeline.Stage;
import dev.polyphony.wire.StepRecord;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.autoconfigure.AutoConfiguredOpenTelemetrySdk;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.SdkTracerProviderBuilder;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Makes a span of each step's work: one trace per step, in which the services' spans follow each other. Where spans go,
 * and how many, is said by OpenTelemetry's own variables, such as {@code OTEL_EXPORTER_OTLP_ENDPOINT} and
 * {@code OTEL_TRACES_SAMPLER}.
 */
public final class StepTraces implements AutoCloseable {

    private static final String SCOPE = "dev.polyphony";

    private final Tracer tracer;
    private final StepIds ids;
    private final String streamId;
    private final AutoCloseable sdk;

    private StepTraces(Tracer tracer, StepIds ids, String streamId, AutoCloseable sdk) {
        this.tracer = tracer;
        this.ids = ids;
        this.streamId = streamId;
        this.sdk = sdk;
    }

    /** No spans, and nothing that costs. */
    public static StepTraces none() {
        return new StepTraces(OpenTelemetry.noop().getTracer(SCOPE), new StepIds(""), "", () -> {});
    }

    /**
     * Spans by way of OTLP over HTTP, unless OpenTelemetry's variables say otherwise.
     *
     * @param service the service's name, if the variables give no other
     */
    public static StepTraces exported(String service, String streamId) {
        StepIds ids = new StepIds(streamId);
        OpenTelemetrySdk sdk = AutoConfiguredOpenTelemetrySdk.builder()
                .addPropertiesSupplier(() -> Map.of(
                        "otel.service.name", service,
                        "otel.exporter.otlp.protocol", "http/protobuf",
                        // Numbers are Prometheus's, log lines the platform's.
                        "otel.metrics.exporter", "none",
                        "otel.logs.exporter", "none"))
                .addTracerProviderCustomizer((builder, config) -> builder.setIdGenerator(ids))
                // Closed with the context: a shutdown hook of its own could come before the last step's end.
                .disableShutdownHook()
                .build()
                .getOpenTelemetrySdk();
        return new StepTraces(sdk.getTracer(SCOPE), ids, streamId, sdk);
    }

    /** Spans to a provider that is built here, so that the ids are ours. */
    static StepTraces of(SdkTracerProviderBuilder builder, String streamId) {
        StepIds ids = new StepIds(streamId);
        SdkTracerProvider provider = builder.setIdGenerator(ids).build();
        return new StepTraces(provider.get(SCOPE), ids, streamId, provider);
    }

    /** A stage whose every step is a span. */
    public <I extends StepRecord, O> Stage<I, O> around(StepWork work, Stage<I, O> stage) {
        return input -> within(work, input.step(), () -> stage.apply(input));
    }

    /** Does something as the span of a step. */
    public <T> T within(StepWork work, long step, Supplier<T> action) {
        Span span = begin(work, step);
        try {
            return action.get();
        } catch (RuntimeException | Error failure) {
            span.setStatus(StatusCode.ERROR);
            span.recordException(failure);
            throw failure;
        } finally {
            span.end();
        }
    }

    private Span begin(StepWork work, long step) {
        Context parent = work.before()
                .map(before -> Context.root().with(Span.wrap(context(before, step))))
                .orElse(Context.root());
        SpanBuilder span = tracer.spanBuilder(work.spanName())
                .setParent(parent)
                .setSpanKind(work == StepWork.PERTURB ? SpanKind.PRODUCER : SpanKind.CONSUMER)
                .setAttribute("polyphony.stream", streamId)
                .setAttribute("polyphony.step", step);
        return ids.of(work, step, span::startSpan);
    }

    private SpanContext context(StepWork work, long step) {
        // Whether a step is sampled is decided by its trace id alone, not by what another service may have done.
        return SpanContext.createFromRemoteParent(
                ids.trace(step), ids.span(work, step), TraceFlags.getSampled(), TraceState.getDefault());
    }

    /** Sends what is left. */
    @Override
    public void close() {
        try {
            sdk.close();
        } catch (Exception e) {
            throw new IllegalStateException("traces not closed", e);
        }
    }
}
