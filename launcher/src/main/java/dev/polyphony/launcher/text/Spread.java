package dev.polyphony.launcher.text;

import dev.polyphony.scoring.statistics.SampleSummary;
import java.util.Locale;

/** A few values as a reader sees them. */
public final class Spread {

    private Spread() {}

    /**
     * Mean and standard deviation, such as 0.8890 ± 0.0030; of a single value the mean alone.
     *
     * @param format of both numbers, as {@link String#format} takes it
     */
    public static String text(SampleSummary summary, String format) {
        String mean = String.format(Locale.ROOT, format, summary.mean());
        return summary.standardDeviation().isPresent()
                ? mean + " \u00b1 "
                        + String.format(
                                Locale.ROOT, format, summary.standardDeviation().getAsDouble())
                : mean;
    }
}
