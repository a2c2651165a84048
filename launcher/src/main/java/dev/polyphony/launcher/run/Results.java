package dev.polyphony.launcher.run;

import dev.polyphony.launcher.report.Report;
import java.util.Locale;
import java.util.function.Consumer;

/** What a run ends with. */
public final class Results {

    private Results() {}

    /** Shows the result of a finished run, and writes its report. */
    public static void show(RunOutcome outcome, Consumer<String> say) {
        Report report = Report.of(outcome.work(), outcome.experiment());
        say.accept("");
        report.table().text().lines().forEach(say);
        report.lacking().ifPresent(say);
        say.accept("");
        for (StageRate rate : outcome.rates()) {
            say.accept(String.format(Locale.ROOT, "%-16s %8.0f images/s", rate.stage(), rate.imagesPerSecond()));
        }
        say.accept("");
        report.offsetsRead()
                .topics()
                .forEach((topic, ranges) -> say.accept("read   " + topic + ", " + String.join(", ", ranges)));
        say.accept(
                "run    " + outcome.work().run(outcome.experiment().identities().runId(), ""));
        say.accept("report " + report.write(outcome.cluster()));
    }
}
