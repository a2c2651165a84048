package dev.polyphony.launcher.run;

import dev.polyphony.datasets.Experiment;
import dev.polyphony.launcher.WorkDirectory;
import dev.polyphony.launcher.broker.Cluster;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A finished run, for those who show it.
 *
 * @param experiment what was done
 * @param work where everything lies
 * @param cluster where the stream can be read now; null if no broker is running
 * @param rates how fast each stage was when it last did something
 */
public record RunOutcome(
        Experiment experiment, WorkDirectory work, @Nullable Cluster cluster, List<StageRate> rates) {

    public RunOutcome {
        rates = List.copyOf(rates);
    }
}
