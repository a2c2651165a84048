package dev.polyphony.streaming.meters;

/** What the evaluator tells. */
public enum EvaluatorMeter implements NamedMeter {
    SCORE(MeterSpec.gauge(
            "polyphony.score",
            "",
            "Latest score by run (of the ensemble: its identity), split, member (ensemble: all as one) and metric",
            "run",
            "split",
            "member",
            "metric")),
    EVALUATED_STEP(
            MeterSpec.gauge("polyphony.evaluated.step", "", "Steps of the latest checkpoint scored, by run", "run")),
    EVALUATION_TIME(MeterSpec.timer("polyphony.evaluation.time", "Time that scoring a checkpoint took"));

    @SuppressWarnings("ImmutableEnumChecker") // Strings, and a list of strings that nobody can change.
    private final MeterSpec spec;

    EvaluatorMeter(MeterSpec spec) {
        this.spec = spec;
    }

    @Override
    public MeterSpec spec() {
        return spec;
    }
}
