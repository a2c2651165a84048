package dev.polyphony.streaming;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.concurrent.atomic.AtomicLong;

/** All meters of the loops. Each exists once per process; the only labels are phase and, from outside, the service. */
public enum StreamMeter {
    STEPS("polyphony.steps", "Steps processed and committed"),
    DUPLICATES("polyphony.steps.duplicate", "Records dropped because their step had been seen"),
    STAGE("polyphony.step.time", "Seconds of a step by phase: stage, commit, wait", "stage"),
    COMMIT("polyphony.step.time", "Seconds of a step by phase: stage, commit, wait", "commit"),
    WAIT("polyphony.step.time", "Seconds of a step by phase: stage, commit, wait", "wait"),
    NEXT_STEP(
            "polyphony.step.next",
            "Next step: of a pipeline the last processed plus one, of a reader the next to hand out"),
    LAG("polyphony.lag", "Records of the input topic that this process has not fetched yet"),
    DEAD_LETTERS("polyphony.dead.letters", "Records that could not be read and went to the dead-letter topic"),
    TRANSACTIONS("polyphony.transactions", "Transactions committed"),
    ABORTS("polyphony.transactions.aborted", "Transactions aborted and repeated"),
    GATED("polyphony.gated", "1 while the pipeline waits because it has its full lead, else 0"),
    BUFFERED("polyphony.buffered", "Whole steps held in memory");

    private final String meter;
    private final String description;
    private final String phase;

    StreamMeter(String meter, String description) {
        this(meter, description, "");
    }

    StreamMeter(String meter, String description, String phase) {
        this.meter = meter;
        this.description = description;
        this.phase = phase;
    }

    /** The meter's name; Prometheus writes underscores for dots and adds the unit. */
    public String meter() {
        return meter;
    }

    public String description() {
        return description;
    }

    /** Value of the label "phase", empty if the meter has none. */
    public String phase() {
        return phase;
    }

    public Counter counter(MeterRegistry registry) {
        return Counter.builder(meter).description(description).register(registry);
    }

    public Timer timer(MeterRegistry registry) {
        return Timer.builder(meter).description(description).tag("phase", phase).register(registry);
    }

    /** A gauge that shows what the result was last set to. */
    public AtomicLong gauge(MeterRegistry registry) {
        AtomicLong value = new AtomicLong();
        Gauge.builder(meter, value, AtomicLong::doubleValue)
                .description(description)
                .strongReference(true)
                .register(registry);
        return value;
    }
}
