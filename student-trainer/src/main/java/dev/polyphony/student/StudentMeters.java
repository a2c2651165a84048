package dev.polyphony.student;

import dev.polyphony.distillation.Losses;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.function.Supplier;

/** What the trainer tells Prometheus, beside what the stream's reader tells. */
final class StudentMeters {

    private static final Losses NONE = new Losses(Double.NaN, Double.NaN, Double.NaN, Double.NaN);

    private volatile Losses losses = NONE;
    private volatile double learningRate = Double.NaN;
    private final Counter images;
    private final Timer compute;
    private final Timer checkpoint;

    StudentMeters(MeterRegistry registry) {
        loss(registry, "total", () -> losses.total());
        loss(registry, "cross_entropy", () -> losses.crossEntropy());
        loss(registry, "divergence", () -> losses.divergence());
        gauge(registry, "polyphony.gradient.norm", "Norm of the latest step's gradient", () -> losses.gradientNorm());
        gauge(registry, "polyphony.learning.rate", "Learning rate of the latest step", () -> learningRate);
        images = Counter.builder("polyphony.images")
                .description("Images learned from")
                .register(registry);
        compute = Timer.builder("polyphony.step.time")
                .tag("phase", "stage")
                .description("Seconds of a step by phase: stage, commit, wait")
                .register(registry);
        checkpoint = Timer.builder("polyphony.checkpoint.time")
                .description("Seconds that saving a checkpoint took")
                .register(registry);
    }

    private static void loss(MeterRegistry registry, String term, Supplier<Number> value) {
        Gauge.builder("polyphony.loss", value)
                .tag("term", term)
                .description("Loss of the latest step by term")
                .strongReference(true)
                .register(registry);
    }

    private static void gauge(MeterRegistry registry, String name, String description, Supplier<Number> value) {
        Gauge.builder(name, value)
                .description(description)
                .strongReference(true)
                .register(registry);
    }

    Losses timed(Supplier<Losses> step) {
        long began = System.nanoTime();
        Losses result = step.get();
        compute.record(Duration.ofNanos(System.nanoTime() - began));
        return result;
    }

    void learned(Losses latest, double rate, int count) {
        losses = latest;
        learningRate = rate;
        images.increment(count);
    }

    void saved(long nanos) {
        checkpoint.record(Duration.ofNanos(nanos));
    }
}
