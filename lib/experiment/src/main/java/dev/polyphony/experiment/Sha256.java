package dev.polyphony.experiment;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** SHA-256 of bytes, as 64 lower-case hexadecimal digits. */
public final class Sha256 {

    private Sha256() {}

    /** Of all the parts one after the other. */
    public static String of(byte[]... parts) {
        MessageDigest digest = begin();
        for (byte[] part : parts) {
            digest.update(part);
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    /** Of all that remains in the parts, one after the other. */
    public static String of(ByteBuffer... parts) {
        MessageDigest digest = begin();
        for (ByteBuffer part : parts) {
            digest.update(part.duplicate());
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    /** For what does not fit into memory. */
    public static MessageDigest begin() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
