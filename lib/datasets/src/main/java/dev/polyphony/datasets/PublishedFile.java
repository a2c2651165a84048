package dev.polyphony.datasets;

import java.net.URI;
import java.nio.file.Path;

/**
 * A file as its authors publish it.
 *
 * @param name under which it is kept
 * @param address where it is downloaded from
 * @param checksum the kind of checksum that is known
 * @param digest lower-case hexadecimal digits
 */
record PublishedFile(String name, URI address, Checksum checksum, String digest) {

    /**
     * Makes sure that a file is this one.
     *
     * @throws InvalidDataException if its checksum is another
     */
    void verify(Path file) {
        String actual = checksum.of(file);
        if (!actual.equals(digest)) {
            throw new InvalidDataException(
                    file + ": its " + checksum.algorithm() + " is " + actual + "; right is " + this);
        }
    }

    /** What a person needs to fetch the file by hand. */
    @Override
    public String toString() {
        return name + " from " + address + " (" + checksum.algorithm() + " " + digest + ")";
    }
}
