package dev.polyphony.streaming.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/** Self-signed certificates of the JDK's keytool: whoever trusts one trusts its owner. */
final class Certificates {

    static final String PASSWORD = "keystore-password";

    private final Path directory;

    Certificates(Path directory) {
        this.directory = directory;
    }

    /** Makes the key and certificate of a name on this machine. */
    void make(String name) throws Exception {
        Process keytool = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        name,
                        "-dname",
                        "CN=" + name,
                        "-ext",
                        "SAN=ip:127.0.0.1",
                        "-keyalg",
                        "EC",
                        "-storetype",
                        "PKCS12",
                        "-keystore",
                        keyStore(name).toString(),
                        "-storepass",
                        PASSWORD))
                .redirectErrorStream(true)
                .start();
        String output = new String(keytool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(keytool.waitFor()).as(output).isZero();
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream file = Files.newInputStream(keyStore(name))) {
            store.load(file, PASSWORD.toCharArray());
        }
        byte[] key = store.getKey(name, PASSWORD.toCharArray()).getEncoded();
        Files.writeString(keyPem(name), pem("PRIVATE KEY", key));
        Certificate certificate = store.getCertificate(name);
        Files.writeString(pem(name), pem("CERTIFICATE", certificate.getEncoded()));
    }

    private static String pem(String type, byte[] bytes) {
        return "-----BEGIN " + type + "-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(bytes)
                + "\n-----END " + type + "-----\n";
    }

    Path keyStore(String name) {
        return directory.resolve(name + ".p12");
    }

    Path pem(String name) {
        return directory.resolve(name + ".pem");
    }

    Path keyPem(String name) {
        return directory.resolve(name + ".key.pem");
    }

    /** Trust in the owners of these certificates. */
    Map<String, String> trust(List<String> names) throws Exception {
        List<String> all = new ArrayList<>();
        for (String name : names) {
            all.add(Files.readString(pem(name)));
        }
        Path file = directory.resolve("trust-" + String.join("-", names) + ".pem");
        Files.writeString(file, String.join("", all));
        return Map.of("ssl.truststore.type", "PEM", "ssl.truststore.location", file.toString());
    }

    /** A key of one's own. */
    Map<String, String> key(String name) {
        return Map.of(
                "ssl.keystore.type",
                "PKCS12",
                "ssl.keystore.location",
                keyStore(name).toString(),
                "ssl.keystore.password",
                PASSWORD);
    }
}
