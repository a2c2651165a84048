package dev.polyphony.streaming.tracing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.polyphony.wire.PlanStep;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.junit.jupiter.api.Test;

class StepTracesTest {

    private static final String STREAM = "81ae6e45b37f";
    private static final long STEP = 7;

    private final List<SpanData> spans = new ArrayList<>();

    @Test
    void servicesThatKnowNothingOfEachOther_makeOneTrace() {
        for (StepWork work : StepWork.values()) {
            try (StepTraces service = traces(Sampler.alwaysOn())) {
                service.within(work, STEP, () -> "done");
            }
        }
        assertThat(spans).extracting(SpanData::getName).containsExactly("perturb", "teach", "learn");
        assertThat(spans)
                .extracting(SpanData::getTraceId)
                .containsOnly(spans.get(0).getTraceId());
        assertThat(spans.get(0).getParentSpanContext().isValid()).isFalse();
        assertThat(spans.get(1).getParentSpanId()).isEqualTo(spans.get(0).getSpanId());
        assertThat(spans.get(2).getParentSpanId()).isEqualTo(spans.get(1).getSpanId());
        assertThat(spans).allSatisfy(span -> {
            assertThat(span.getAttributes().get(AttributeKey.stringKey("polyphony.stream")))
                    .isEqualTo(STREAM);
            assertThat(span.getAttributes().get(AttributeKey.longKey("polyphony.step")))
                    .isEqualTo(STEP);
        });
    }

    @Test
    void everyStep_hasItsOwnTrace_andEveryStudentItsOwnSpan() {
        try (StepTraces service = traces(Sampler.alwaysOn())) {
            service.within(StepWork.LEARN, STEP, () -> 0);
            service.within(StepWork.LEARN, STEP, () -> 0);
            service.within(StepWork.LEARN, STEP + 1, () -> 0);
        }
        assertThat(spans).extracting(SpanData::getSpanId).doesNotHaveDuplicates();
        assertThat(spans.get(1).getTraceId()).isEqualTo(spans.get(0).getTraceId());
        assertThat(spans.get(2).getTraceId()).isNotEqualTo(spans.get(0).getTraceId());
    }

    @Test
    void sampledByTraceId_theSameSteps_inAllServices() {
        int steps = 400;
        try (StepTraces service = traces(Sampler.traceIdRatioBased(0.25))) {
            for (long step = 0; step < steps; step++) {
                for (StepWork work : StepWork.values()) {
                    service.within(work, step, () -> 0);
                }
            }
        }
        assertThat(spans.size() / 3).isBetween(steps / 8, steps / 2);
        assertThat(spans.stream().map(SpanData::getTraceId).distinct()).hasSize(spans.size() / 3);
    }

    @Test
    void whatFails_saysSo_andFailsStill() {
        try (StepTraces service = traces(Sampler.alwaysOn())) {
            assertThatThrownBy(() -> service.around(StepWork.TEACH, (PlanStep step) -> {
                                throw new IllegalStateException("loss is NaN");
                            })
                            .apply(new PlanStep(STREAM, STEP, 0, 0, 1)))
                    .hasMessage("loss is NaN");
        }
        assertThat(spans).singleElement().satisfies(span -> {
            assertThat(span.getStatus().getStatusCode()).isEqualTo(StatusCode.ERROR);
            assertThat(span.getEvents()).hasSize(1);
        });
    }

    @Test
    void switchedOff_onlyDoesTheWork() {
        try (StepTraces service = StepTraces.none()) {
            assertThat(service.within(StepWork.PERTURB, STEP, () -> "done")).isEqualTo("done");
        }
    }

    private StepTraces traces(Sampler sampler) {
        return StepTraces.of(
                SdkTracerProvider.builder()
                        .setSampler(sampler)
                        .addSpanProcessor(SimpleSpanProcessor.create(new Recorder())),
                STREAM);
    }

    private final class Recorder implements SpanExporter {

        @Override
        public CompletableResultCode export(Collection<SpanData> exported) {
            spans.addAll(exported);
            return CompletableResultCode.ofSuccess();
        }

        @Override
        public CompletableResultCode flush() {
            return CompletableResultCode.ofSuccess();
        }

        @Override
        public CompletableResultCode shutdown() {
            return CompletableResultCode.ofSuccess();
        }
    }
}
