package dev.polyphony.streaming.pacing;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a student says about itself: the metadata of its committed offsets, {@code nextStep=<n>;at=<epoch millis>;active=<yes|no>}.
 *
 * @param nextStep steps it has applied
 * @param atMillis when it said so, by its own clock
 * @param active whether it goes on
 */
record StudentReport(long nextStep, long atMillis, boolean active) {

    private static final Pattern FORM = Pattern.compile("nextStep=(\\d{1,18});at=(\\d{1,18});active=(yes|no)");

    String metadata() {
        return "nextStep=" + nextStep + ";at=" + atMillis + ";active=" + (active ? "yes" : "no");
    }

    static @Nullable StudentReport parse(String metadata) {
        Matcher matcher = FORM.matcher(metadata);
        if (!matcher.matches()) {
            return null;
        }
        return new StudentReport(
                Long.parseLong(matcher.group(1)),
                Long.parseLong(matcher.group(2)),
                matcher.group(3).equals("yes"));
    }
}
