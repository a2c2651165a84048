package dev.polyphony.launcher.figures;

/** Names of files made from names that people, or files from elsewhere, have given. */
final class FileName {

    private static final int LONGEST = 80;

    private FileName() {}

    /** A name of one file or directory, never of another place: all but letters, digits, {@code -_.} becomes {@code -}. */
    static String of(String name) {
        String safe = name.replaceAll("[^A-Za-z0-9._-]", "-").replaceFirst("^\\.+", "-");
        return safe.length() <= LONGEST ? safe : safe.substring(safe.length() - LONGEST);
    }
}
