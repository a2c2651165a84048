package dev.polyphony.streaming.meters;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.DoubleSupplier;

/** A meter of a service's. */
public interface NamedMeter {

    MeterSpec spec();

    /** The counter with these labels' values. */
    default Counter counter(MeterRegistry registry, String... values) {
        return spec().counter(registry, values);
    }

    /** The timer with these labels' values. */
    default Timer timer(MeterRegistry registry, String... values) {
        return spec().timer(registry, values);
    }

    /** A gauge that shows what {@code value} gives, whenever somebody looks. */
    default void gauge(MeterRegistry registry, DoubleSupplier value, String... values) {
        spec().gauge(registry, value, values);
    }

    /** A gauge that shows what the result was last set to; until then not a number, which means: nothing yet. */
    default AtomicReference<Double> gauge(MeterRegistry registry, String... values) {
        AtomicReference<Double> latest = new AtomicReference<>(Double.NaN);
        spec().gauge(registry, latest::get, values);
        return latest;
    }
}
