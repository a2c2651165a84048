package dev.polyphony.experiment;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** SHA-256 of bytes. */
public final class Sha256 {

    private Sha256() {}

    /** Of all the parts one after the other, as 64 lower-case hexadecimal digits. */
    public static String of(byte[]... parts) {
        return HexFormat.of().formatHex(digest(parts));
    }

    /** Of all the parts one after the other, 32 bytes. */
    public static byte[] digest(byte[]... parts) {
        MessageDigest digest;
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
        for (byte[] part : parts) {
            digest.update(part);
        }
        return digest.digest();
    }
}
