package dev.polyphony.streaming.meters;

/** What perturb-service tells beside its loop. */
public enum PerturbMeter implements NamedMeter {
    LEAD(MeterSpec.gauge(
            "polyphony.lead", "steps", "Steps that the recording is ahead of the slowest student, as last heard")),
    LEAD_LIMIT(MeterSpec.gauge("polyphony.lead.limit", "steps", "Steps that the recording may be ahead")),
    PERTURBATION_NORM(MeterSpec.gauge(
            "polyphony.perturbation.norm",
            "",
            "Euclidean norm of the perturbation of an image, in pixels from 0 to 1: mean over the latest minibatch"));

    @SuppressWarnings("ImmutableEnumChecker") // Strings, and a list of strings that nobody can change.
    private final MeterSpec spec;

    PerturbMeter(MeterSpec spec) {
        this.spec = spec;
    }

    @Override
    public MeterSpec spec() {
        return spec;
    }
}
