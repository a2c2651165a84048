package dev.polyphony.models.store;

import dev.polyphony.experiment.Sha256;

/**
 * A file in a store.
 *
 * @param address where it is, such as {@code runs/4f2a/checkpoint.safetensors}
 * @param sha256 of its bytes, 64 lower-case hexadecimal digits
 * @param bytes its size
 */
public record StoredFile(String address, String sha256, long bytes) {

    public StoredFile {
        if (!sha256.matches("[0-9a-f]{64}")) {
            throw new IllegalArgumentException("not a SHA-256: " + sha256);
        }
        if (bytes < 0) {
            throw new IllegalArgumentException("a file of " + address + " cannot have " + bytes + " bytes");
        }
    }

    /** The file that this content would be. */
    static StoredFile of(String address, byte[] content) {
        return new StoredFile(address, Sha256.of(content), content.length);
    }

    /**
     * The content, if it has the hash that it should have.
     *
     * @param store where it was read, for the message
     */
    static byte[] verified(byte[] content, String address, String sha256, String store) {
        String actual = Sha256.of(content);
        if (!actual.equals(sha256)) {
            throw new ModelStoreException(address + " in " + store + " has SHA-256 " + actual + ", expected " + sha256
                    + ": it was altered or replaced");
        }
        return content;
    }
}
