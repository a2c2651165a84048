package dev.polyphony.launcher.text;

import java.util.Locale;

/** Sizes as a reader sees them, in powers of 1000. */
public final class Bytes {

    private static final String[] UNITS = {"B", "kB", "MB", "GB", "TB"};

    private Bytes() {}

    /** For example {@code 0 B}, {@code 12.3 MB}. */
    public static String text(long bytes) {
        double size = bytes;
        int unit = 0;
        while (size >= 999.95 && unit < UNITS.length - 1) {
            size /= 1000;
            unit++;
        }
        return unit == 0 ? bytes + " " + UNITS[0] : String.format(Locale.ROOT, "%.1f %s", size, UNITS[unit]);
    }
}
