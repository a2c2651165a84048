package dev.polyphony.launcher.recorded;

import dev.polyphony.launcher.LauncherMistake;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Steps of a stream.
 *
 * @param first at least 0
 * @param last included, at least first
 */
public record StepRange(long first, long last) {

    private static final Pattern TEXT = Pattern.compile("(\\d{1,18})(?:\\.\\.(\\d{1,18}))?");

    public StepRange {
        if (first < 0 || last < first) {
            throw new LauncherMistake(
                    "steps are counted from 0 and the last is not before the first, unlike " + first + ".." + last);
        }
    }

    /** The steps that a user writes as {@code A..B}, both included, or as {@code A}. */
    public static StepRange parse(String text) {
        Matcher match = TEXT.matcher(text);
        if (!match.matches()) {
            throw new LauncherMistake("steps are written A..B, such as 0..9 for the first ten, not " + text);
        }
        long first = Long.parseLong(match.group(1));
        return new StepRange(first, match.group(2) == null ? first : Long.parseLong(match.group(2)));
    }

    /** How many. */
    public long count() {
        return last - first + 1;
    }

    @Override
    public String toString() {
        return first + ".." + last;
    }
}
