package dev.polyphony.models.store;

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
}
