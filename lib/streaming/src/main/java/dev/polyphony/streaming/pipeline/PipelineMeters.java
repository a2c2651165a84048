package dev.polyphony.streaming.pipeline;

import dev.polyphony.streaming.meters.StreamMeter;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.concurrent.atomic.AtomicReference;

/** The meters of one pipeline, looked up once. */
final class PipelineMeters {
    final Counter steps;
    final Counter deadLetters;
    final Counter duplicates;
    final Counter transactions;
    final Counter aborts;
    final Counter received;
    final Counter sent;
    final Timer wait;
    final Timer decode;
    final Timer compute;
    final Timer encode;
    final Timer send;
    final AtomicReference<Double> nextStep;
    final AtomicReference<Double> gated;
    final AtomicReference<Double> lag;
    final AtomicReference<Double> buffered;

    PipelineMeters(MeterRegistry registry) {
        steps = StreamMeter.STEPS.counter(registry);
        deadLetters = StreamMeter.DEAD_LETTERS.counter(registry);
        duplicates = StreamMeter.DUPLICATES.counter(registry);
        transactions = StreamMeter.TRANSACTIONS.counter(registry);
        aborts = StreamMeter.ABORTS.counter(registry);
        received = StreamMeter.RECEIVED.counter(registry);
        sent = StreamMeter.SENT.counter(registry);
        wait = StreamMeter.STEP_TIME.timer(registry, StreamMeter.WAIT);
        decode = StreamMeter.STEP_TIME.timer(registry, StreamMeter.DECODE);
        compute = StreamMeter.STEP_TIME.timer(registry, StreamMeter.COMPUTE);
        encode = StreamMeter.STEP_TIME.timer(registry, StreamMeter.ENCODE);
        send = StreamMeter.STEP_TIME.timer(registry, StreamMeter.SEND);
        nextStep = StreamMeter.NEXT_STEP.gauge(registry);
        gated = StreamMeter.GATED.gauge(registry);
        lag = StreamMeter.LAG.gauge(registry);
        buffered = StreamMeter.BUFFERED.gauge(registry);
    }
}
