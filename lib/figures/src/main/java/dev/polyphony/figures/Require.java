package dev.polyphony.figures;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/** What every figure asks of its data; each refusal names the figure's part and what would be right. */
final class Require {

    /** What fits into the legend of the narrowest figure. */
    private static final int LONGEST_TEXT = 60;

    private Require() {}

    static String text(String what, String text) {
        if (text.isBlank()) {
            throw new IllegalArgumentException(what + " must not be blank");
        }
        if (text.length() > LONGEST_TEXT) {
            throw new IllegalArgumentException(
                    what + " must have at most " + LONGEST_TEXT + " characters, not " + text.length() + ": " + text);
        }
        return text;
    }

    static void finite(String what, double... values) {
        for (int i = 0; i < values.length; i++) {
            if (!Double.isFinite(values[i])) {
                throw new IllegalArgumentException(what + " must be finite numbers; value " + i + " is " + values[i]);
            }
        }
    }

    /** A defensive copy of at least one finite number. */
    static double[] numbers(String what, double[] values) {
        if (values.length == 0) {
            throw new IllegalArgumentException(what + " must not be empty");
        }
        finite(what, values);
        return values.clone();
    }

    static void within(String what, double low, double high, double... values) {
        for (int i = 0; i < values.length; i++) {
            if (!(values[i] >= low && values[i] <= high)) {
                throw new IllegalArgumentException(
                        what + " must be in " + low + " to " + high + "; value " + i + " is " + values[i]);
            }
        }
    }

    static void sameLength(String what, int length, String other, int otherLength) {
        if (length != otherLength) {
            throw new IllegalArgumentException(
                    what + " and " + other + " must be equally many: " + length + " against " + otherLength);
        }
    }

    /** 1 to {@link Style#MOST_SERIES} series whose names differ, since the legend tells them apart by name. */
    static <T> List<T> series(List<T> series, Function<T, String> name) {
        if (series.isEmpty() || series.size() > Style.MOST_SERIES) {
            throw new IllegalArgumentException(
                    "A figure shows 1 to " + Style.MOST_SERIES + " series, not " + series.size());
        }
        Set<String> names = new HashSet<>();
        for (T one : series) {
            if (!names.add(name.apply(one))) {
                throw new IllegalArgumentException("Two series are named '" + name.apply(one) + "'");
            }
        }
        return List.copyOf(series);
    }
}
