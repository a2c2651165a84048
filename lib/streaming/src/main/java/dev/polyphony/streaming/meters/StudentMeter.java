package dev.polyphony.streaming.meters;

/** What student-trainer tells beside its loop. */
public enum StudentMeter implements NamedMeter {
    LOSS(MeterSpec.gauge("polyphony.loss", "", "Loss of the latest step by term", "term")),
    GRADIENT_NORM(MeterSpec.gauge("polyphony.gradient.norm", "", "Norm of the gradient of the latest step")),
    LEARNING_RATE(MeterSpec.gauge("polyphony.learning.rate", "", "Learning rate of the latest step")),
    MEAN_KLD(MeterSpec.gauge(
            "polyphony.student.mean.kld", "", "Mean-KLD of the subnetworks on the latest minibatch, as they see it")),
    CHECKPOINT_TIME(MeterSpec.timer("polyphony.checkpoint.time", "Time that saving a checkpoint took")),
    CHECKPOINT_AGE(MeterSpec.gauge(
            "polyphony.checkpoint.age", "seconds", "Time since the latest checkpoint of this process was saved"));

    @SuppressWarnings("ImmutableEnumChecker") // Strings, and a list of strings that nobody can change.
    private final MeterSpec spec;

    StudentMeter(MeterSpec spec) {
        this.spec = spec;
    }

    @Override
    public MeterSpec spec() {
        return spec;
    }
}
