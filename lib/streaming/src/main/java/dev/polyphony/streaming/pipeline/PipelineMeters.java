package dev.polyphony.streaming.pipeline;

import dev.polyphony.streaming.StreamMeter;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.concurrent.atomic.AtomicLong;

/** The meters of one pipeline, looked up once. */
final class PipelineMeters {
    final Counter steps;
    final Counter deadLetters;
    final Counter duplicates;
    final Counter transactions;
    final Counter aborts;
    final Timer stage;
    final Timer commit;
    final Timer wait;
    final AtomicLong nextStep;
    final AtomicLong gated;
    final AtomicLong lag;

    PipelineMeters(MeterRegistry registry) {
        steps = StreamMeter.STEPS.counter(registry);
        deadLetters = StreamMeter.DEAD_LETTERS.counter(registry);
        duplicates = StreamMeter.DUPLICATES.counter(registry);
        transactions = StreamMeter.TRANSACTIONS.counter(registry);
        aborts = StreamMeter.ABORTS.counter(registry);
        stage = StreamMeter.STAGE.timer(registry);
        commit = StreamMeter.COMMIT.timer(registry);
        wait = StreamMeter.WAIT.timer(registry);
        nextStep = StreamMeter.NEXT_STEP.gauge(registry);
        gated = StreamMeter.GATED.gauge(registry);
        lag = StreamMeter.LAG.gauge(registry);
    }
}
