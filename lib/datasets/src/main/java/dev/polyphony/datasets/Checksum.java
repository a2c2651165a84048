package dev.polyphony.datasets;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** The checksums that data sets are published with. */
enum Checksum {
    SHA_256("SHA-256"),
    /** Only where nothing stronger is published: against damage, not against forgery. */
    MD5("MD5");

    private static final int BUFFER_BYTES = 1 << 16;

    private final String algorithm;

    Checksum(String algorithm) {
        this.algorithm = algorithm;
    }

    /** As it is written in messages. */
    String algorithm() {
        return algorithm;
    }

    /** Lower-case hexadecimal digits. */
    String of(byte[] content) {
        return hex(digest().digest(content));
    }

    /** Lower-case hexadecimal digits of a file, which need not fit in memory. */
    String of(Path file) {
        MessageDigest digest = digest();
        try (InputStream in = Files.newInputStream(file)) {
            byte[] buffer = new byte[BUFFER_BYTES];
            for (int length = in.read(buffer); length >= 0; length = in.read(buffer)) {
                digest.update(buffer, 0, length);
            }
        } catch (IOException failure) {
            throw new InvalidDataException(file + ": cannot be read (" + failure + ")", failure);
        }
        return hex(digest.digest());
    }

    static String hex(byte[] digest) {
        return HexFormat.of().formatHex(digest);
    }

    MessageDigest digest() {
        try {
            return MessageDigest.getInstance(algorithm);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java platform has " + algorithm, impossible);
        }
    }
}
