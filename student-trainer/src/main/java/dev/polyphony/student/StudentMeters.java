package dev.polyphony.student;

import dev.polyphony.distillation.Losses;
import dev.polyphony.streaming.meters.StreamMeter;
import dev.polyphony.streaming.meters.StudentMeter;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

/** What the trainer tells Prometheus, beside what the stream's reader tells. */
final class StudentMeters {

    private static final Losses NONE = new Losses(Double.NaN, Double.NaN, Double.NaN, Double.NaN);

    private volatile Losses losses = NONE;
    private volatile long savedNanos = System.nanoTime();
    private final AtomicReference<Double> learningRate;
    private final AtomicReference<Double> meanKld;
    private final Counter images;
    private final Timer compute;
    private final Timer checkpoint;

    StudentMeters(MeterRegistry registry) {
        StudentMeter.LOSS.gauge(registry, () -> losses.total(), "total");
        StudentMeter.LOSS.gauge(registry, () -> losses.crossEntropy(), "cross_entropy");
        StudentMeter.LOSS.gauge(registry, () -> losses.divergence(), "divergence");
        StudentMeter.GRADIENT_NORM.gauge(registry, () -> losses.gradientNorm());
        learningRate = StudentMeter.LEARNING_RATE.gauge(registry);
        meanKld = StudentMeter.MEAN_KLD.gauge(registry);
        images = StreamMeter.IMAGES.counter(registry);
        compute = StreamMeter.STEP_TIME.timer(registry, StreamMeter.COMPUTE);
        checkpoint = StudentMeter.CHECKPOINT_TIME.timer(registry);
        StudentMeter.CHECKPOINT_AGE.gauge(registry, () -> (System.nanoTime() - savedNanos) * 1e-9);
    }

    Losses timed(Supplier<Losses> step) {
        long began = System.nanoTime();
        Losses result = step.get();
        compute.record(System.nanoTime() - began, TimeUnit.NANOSECONDS);
        return result;
    }

    void learned(Losses latest, double rate, int count) {
        losses = latest;
        learningRate.set(rate);
        images.increment(count);
    }

    void diversity(double latest) {
        meanKld.set(latest);
    }

    void saved(long nanos) {
        checkpoint.record(nanos, TimeUnit.NANOSECONDS);
        savedNanos = System.nanoTime();
    }
}
