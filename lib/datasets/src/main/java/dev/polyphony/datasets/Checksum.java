package dev.polyphony.datasets;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** The checksums that data sets are published with. */
enum Checksum {
    SHA_256("SHA-256"),
    /** Only because CIFAR's authors publish nothing stronger. */
    MD5("MD5");

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
