package dev.polyphony.teacher;

import dev.polyphony.streaming.meters.TeacherMeter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.concurrent.atomic.AtomicReference;

/** What teacher-service tells Prometheus, beside what its pipeline tells. */
final class TeacherMeters {

    private final AtomicReference<Double> perturbed;
    private final AtomicReference<Double> clean;

    TeacherMeters(MeterRegistry registry) {
        perturbed = TeacherMeter.MEAN_KLD.gauge(registry, "perturbed");
        clean = TeacherMeter.MEAN_KLD.gauge(registry, "clean");
    }

    void perturbed(double meanKld) {
        perturbed.set(meanKld);
    }

    void clean(double meanKld) {
        clean.set(meanKld);
    }
}
