package dev.polyphony.experiment;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;

/** Which known word a mistyped one was meant to be. */
final class Spelling {

    private static final int SHOWN = 200;

    private Spelling() {}

    /** A text as a message quotes it: the first characters of a long one. */
    static String shown(String text) {
        return text.length() > SHOWN ? text.substring(0, SHOWN) + "..." : text;
    }

    /** The known word with the fewest letters changed, added or left out; upper and lower case count as equal. */
    static String nearest(String word, Collection<String> known) {
        return known.stream()
                .min(Comparator.comparingInt(candidate -> distance(word, candidate)))
                .orElseThrow();
    }

    /** Levenshtein distance. Words are cut at 100 letters: no known word is nearly as long. */
    private static int distance(String first, String second) {
        String a = first.toLowerCase(Locale.ROOT).substring(0, Math.min(first.length(), 100));
        String b = second.toLowerCase(Locale.ROOT);
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int substituted = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(substituted, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[b.length()];
    }
}
