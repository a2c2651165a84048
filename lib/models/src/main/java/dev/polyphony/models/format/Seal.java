package dev.polyphony.models.format;

import dev.polyphony.experiment.Sha256;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;

/**
 * A checksum inside the file that it is of, so that one atomic move makes both appear: the SHA-256 of the whole file
 * with zeros in place of its own 64 digits, under the key {@value #KEY} of the metadata. Any bit that changes later is
 * found when the file is read.
 */
public final class Seal {

    /** The metadata key that holds the checksum. */
    public static final String KEY = "seal";

    private static final String OPEN = "0".repeat(64);

    private Seal() {}

    /** Bytes of the file with a seal among its metadata. */
    public static byte[] encode(SafeTensors file) {
        Map<String, String> metadata = new TreeMap<>(file.metadata());
        metadata.put(KEY, OPEN);
        byte[] bytes = SafeTensors.of(metadata, file.tensors()).encode();
        byte[] seal = Sha256.of(bytes).getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(seal, 0, bytes, position(bytes), seal.length);
        return bytes;
    }

    /**
     * Checks a file that was read.
     *
     * @param bytes of the file
     * @param source names the file in messages
     * @throws InvalidModelFileException if it has no seal or was altered since it was sealed
     */
    public static void check(byte[] bytes, String source) {
        int position = position(bytes);
        if (position < 0) {
            throw new InvalidModelFileException(source, "it has lost its seal: it was altered after it was written");
        }
        String seal = new String(bytes, position, OPEN.length(), StandardCharsets.US_ASCII);
        int end = position + OPEN.length();
        String actual = Sha256.of(
                ByteBuffer.wrap(bytes, 0, position),
                ByteBuffer.wrap(OPEN.getBytes(StandardCharsets.US_ASCII)),
                ByteBuffer.wrap(bytes, end, bytes.length - end));
        if (!actual.equals(seal)) {
            throw new InvalidModelFileException(
                    source, "its seal says SHA-256 " + seal + ", its contents have " + actual + ": it is damaged");
        }
    }

    /** Where the digits begin, -1 if there are none. Metadata come first in the header, as this program writes it. */
    private static int position(byte[] bytes) {
        byte[] key = ("\"" + KEY + "\":\"").getBytes(StandardCharsets.US_ASCII);
        int last = bytes.length - key.length - OPEN.length();
        for (int start = 0; start <= last; start++) {
            int matched = 0;
            while (matched < key.length && bytes[start + matched] == key[matched]) {
                matched++;
            }
            if (matched == key.length) {
                return start + matched;
            }
        }
        return -1;
    }
}
