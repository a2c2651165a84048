package dev.polyphony.streaming.meters;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.DoubleSupplier;

/**
 * What a meter is called and what it shows.
 *
 * @param kind what sort of meter it is
 * @param name in Micrometer's way, with dots and without the unit
 * @param unit plural, such as {@code bytes}; empty for a plain number
 * @param description one sentence for people, without its full stop
 * @param labels whose values do not grow in number with steps
 */
public record MeterSpec(Kind kind, String name, String unit, String description, List<String> labels) {

    /** What can be done with a meter. */
    public enum Kind {
        /** Only grows. */
        COUNTER,
        /** Is what it is now. */
        GAUGE,
        /** Durations, counted into buckets. */
        TIMER
    }

    /** From the fetch of a small record to a step of a large network on a processor. */
    private static final Duration[] BUCKETS = {
        Duration.ofMillis(1),
        Duration.ofMillis(3),
        Duration.ofMillis(10),
        Duration.ofMillis(30),
        Duration.ofMillis(100),
        Duration.ofMillis(300),
        Duration.ofSeconds(1),
        Duration.ofSeconds(3),
        Duration.ofSeconds(10),
        Duration.ofSeconds(30),
        Duration.ofSeconds(100)
    };

    public MeterSpec {
        labels = List.copyOf(labels);
    }

    static MeterSpec counter(String name, String unit, String description, String... labels) {
        return new MeterSpec(Kind.COUNTER, name, unit, description, List.of(labels));
    }

    static MeterSpec gauge(String name, String unit, String description, String... labels) {
        return new MeterSpec(Kind.GAUGE, name, unit, description, List.of(labels));
    }

    static MeterSpec timer(String name, String description, String... labels) {
        return new MeterSpec(Kind.TIMER, name, "seconds", description, List.of(labels));
    }

    /** The name in Prometheus, without the {@code _bucket}, {@code _count}, {@code _sum} and {@code _max} of a timer. */
    public String prometheus() {
        String base = name.replace('.', '_');
        String withUnit = unit.isEmpty() || base.endsWith(unit) ? base : base + "_" + unit;
        return kind == Kind.COUNTER ? withUnit + "_total" : withUnit;
    }

    /** The counter with these labels' values. */
    Counter counter(MeterRegistry registry, String... values) {
        require(Kind.COUNTER);
        Counter.Builder builder = Counter.builder(name).description(description).tags(tags(values));
        return (unit.isEmpty() ? builder : builder.baseUnit(unit)).register(registry);
    }

    /** The timer with these labels' values. */
    Timer timer(MeterRegistry registry, String... values) {
        require(Kind.TIMER);
        return Timer.builder(name)
                .description(description)
                .tags(tags(values))
                .serviceLevelObjectives(BUCKETS)
                .register(registry);
    }

    /** Shows what {@code value} gives, whenever somebody looks; not a number: nothing yet. */
    void gauge(MeterRegistry registry, DoubleSupplier value, String... values) {
        require(Kind.GAUGE);
        Gauge.Builder<?> builder = Gauge.builder(name, value::getAsDouble)
                .description(description)
                .tags(tags(values))
                .strongReference(true);
        (unit.isEmpty() ? builder : builder.baseUnit(unit)).register(registry);
    }

    private void require(Kind wanted) {
        if (kind != wanted) {
            throw new IllegalStateException(name + " is a " + kind.name().toLowerCase(Locale.ROOT) + ", no "
                    + wanted.name().toLowerCase(Locale.ROOT));
        }
    }

    private List<Tag> tags(String... values) {
        if (values.length != labels.size()) {
            throw new IllegalArgumentException(name + " has the labels " + labels + ", not " + values.length);
        }
        List<Tag> tags = new ArrayList<>();
        for (int i = 0; i < values.length; i++) {
            tags.add(Tag.of(labels.get(i), values[i]));
        }
        return tags;
    }
}
