package dev.polyphony.launcher.compare;

import dev.polyphony.datasets.Experiment;
import dev.polyphony.experiment.EnsemblePart;
import dev.polyphony.models.networks.Networks;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** How many trainable numbers models have; running statistics are not counted, as in the paper's Table 1. */
final class NetworkSize {

    private static final double THOUSAND = 1e3;
    private static final double MILLION = 1e6;
    private static final double LEAST_IN_MILLIONS = 1e5;

    private NetworkSize() {}

    /** Of all members together; null if they were imported, since a file from elsewhere need not tell. */
    static @Nullable Long ofEnsemble(Experiment experiment) {
        if (experiment.recipe().ensemble() instanceof EnsemblePart.Trained part) {
            return part.size()
                    * Networks.member(part, experiment.input()).parameters().size();
        }
        return null;
    }

    static long ofStudent(Experiment experiment) {
        return Networks.student(experiment.recipe().student(), experiment.input())
                .parameters()
                .size();
    }

    /** Such as 1.86M, or 18.6k. */
    static String text(long count) {
        return count >= LEAST_IN_MILLIONS
                ? String.format(Locale.ROOT, "%.2fM", count / MILLION)
                : String.format(Locale.ROOT, "%.1fk", count / THOUSAND);
    }
}
