package dev.polyphony.streaming.meters;

/** What perturb-service, teacher-service and student-trainer tell of their loops over steps. */
public enum StreamMeter implements NamedMeter {
    STEPS(MeterSpec.counter("polyphony.steps", "", "Steps done: by a pipeline committed, by the trainer taken up")),
    IMAGES(MeterSpec.counter("polyphony.images", "", "Images of the steps done")),
    DUPLICATES(MeterSpec.counter("polyphony.steps.duplicate", "", "Records dropped because their step had been seen")),
    STEP_TIME(MeterSpec.timer(
            "polyphony.step.time", "Time of a step by phase: wait for data, decode, compute, encode, send", "phase")),
    NEXT_STEP(MeterSpec.gauge(
            "polyphony.step.next", "", "The step after the latest done; not a number before the first")),
    STREAM_STEPS(MeterSpec.gauge("polyphony.stream.steps", "steps", "Steps of the whole stream")),
    LAG(MeterSpec.gauge(
            "polyphony.lag",
            "records",
            "Records of the input topic not fetched yet, markers of transactions included")),
    GATED(MeterSpec.gauge("polyphony.gated", "", "1 while the recording waits because it has its full lead, else 0")),
    BUFFERED(MeterSpec.gauge("polyphony.buffered", "steps", "Whole steps held in memory")),
    RECEIVED(MeterSpec.counter("polyphony.received", "bytes", "Bytes of the records that were read")),
    RECORD_AGE(MeterSpec.gauge(
            "polyphony.record.age", "seconds", "Time since the record was written that the trainer fetched last")),
    RETENTION(MeterSpec.gauge(
            "polyphony.retention",
            "seconds",
            "Time after which the broker may delete records of the stream; infinite if never")),
    SENT(MeterSpec.counter("polyphony.sent", "bytes", "Bytes of the records that were written and committed")),
    TRANSACTIONS(MeterSpec.counter("polyphony.transactions", "", "Transactions committed")),
    ABORTS(MeterSpec.counter("polyphony.transactions.aborted", "", "Transactions aborted and repeated")),
    DEAD_LETTERS(MeterSpec.counter(
            "polyphony.dead.letters", "", "Records that could not be read and went to the dead-letter topic"));

    /** Values of the label {@code phase} of {@link #STEP_TIME}. */
    public static final String WAIT = "wait";

    public static final String DECODE = "decode";
    public static final String COMPUTE = "compute";
    public static final String ENCODE = "encode";
    public static final String SEND = "send";

    @SuppressWarnings("ImmutableEnumChecker") // Strings, and a list of strings that nobody can change.
    private final MeterSpec spec;

    StreamMeter(MeterSpec spec) {
        this.spec = spec;
    }

    @Override
    public MeterSpec spec() {
        return spec;
    }
}
