package dev.polyphony.launcher.run;

import java.util.Locale;
import java.util.function.Consumer;

/** What a run ends with. */
final class Results {

    private Results() {}

    /** Shows the result of a finished run. */
    static void show(RunOutcome outcome, Consumer<String> say) {
        String run = outcome.experiment().identities().runId();
        for (StageRate rate : outcome.rates()) {
            say.accept(String.format(Locale.ROOT, "%-16s %8.0f images/s", rate.stage(), rate.imagesPerSecond()));
        }
        say.accept("run " + run + " is in "
                + outcome.work().store().resolve("runs").resolve(run));
    }
}
