package dev.polyphony.streaming.meters;

/** What teacher-service tells beside its loop. */
public enum TeacherMeter implements NamedMeter {
    MEAN_KLD(MeterSpec.gauge(
            "polyphony.teacher.mean.kld",
            "",
            "Mean-KLD of the ensemble members on the latest minibatch, perturbed as the student sees it or clean",
            "input"));

    @SuppressWarnings("ImmutableEnumChecker") // Strings, and a list of strings that nobody can change.
    private final MeterSpec spec;

    TeacherMeter(MeterSpec spec) {
        this.spec = spec;
    }

    @Override
    public MeterSpec spec() {
        return spec;
    }
}
