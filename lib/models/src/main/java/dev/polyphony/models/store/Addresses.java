package dev.polyphony.models.store;

import java.util.regex.Pattern;

/** What may be an address in a model store, wherever it lies. */
final class Addresses {

    /** Ends the name of the file beside a file that has its checksum. */
    static final String CHECKSUM = ".sha256";

    private static final String PART = "[A-Za-z0-9][A-Za-z0-9._-]{0,127}";
    private static final Pattern ADDRESS = Pattern.compile(PART + "(/" + PART + "){0,15}");

    private Addresses() {}

    static boolean isAddress(String text) {
        return ADDRESS.matcher(text).matches() && !text.endsWith(CHECKSUM);
    }

    /**
     * The address, if it is one.
     *
     * @throws IllegalArgumentException if it is not
     */
    static String checked(String address) {
        if (!isAddress(address)) {
            throw new IllegalArgumentException("\"" + address
                    + "\" is no address: expected parts of letters, digits, '.', '_' and '-' that begin with a letter"
                    + " or digit, separated by '/', not ending in " + CHECKSUM);
        }
        return address;
    }
}
