package dev.polyphony.streaming;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConnectionFileTest {

    @TempDir
    private Path directory = Path.of("");

    private Path file(String text) throws Exception {
        return Files.writeString(directory.resolve("client.properties"), text);
    }

    @Test
    void properties_areReadAsTheyAre() throws Exception {
        Path file = file("""
                # how
                security.protocol = SASL_SSL
                config.providers=env
                config.providers.env.class=a.B
                sasl.jaas.config=L required username="a" password="${env:P}";
                """);
        assertThat(ConnectionFile.read(file))
                .isEqualTo(Map.of(
                        "security.protocol",
                        "SASL_SSL",
                        "config.providers",
                        "env",
                        "config.providers.env.class",
                        "a.B",
                        "sasl.jaas.config",
                        "L required username=\"a\" password=\"${env:P}\";"));
    }

    @Test
    void missingFile_isAMistake() {
        assertThatThrownBy(() -> ConnectionFile.read(directory.resolve("none")))
                .isInstanceOf(InvalidConnectionException.class)
                .hasMessage("there is no Kafka configuration file " + directory.resolve("none"));
    }

    @Test
    void fileThatCannotBeRead_isAMistake_whichShowsNothingOfIt() throws Exception {
        Path binary = Files.write(directory.resolve("binary"), "secret\u00e9".getBytes(StandardCharsets.ISO_8859_1));
        for (Path file : new Path[] {binary, file("a=secret\\u12"), directory}) {
            assertThatThrownBy(() -> ConnectionFile.read(file))
                    .isInstanceOf(InvalidConnectionException.class)
                    .hasMessageContaining(file + " cannot be read")
                    .hasMessageNotContaining("secret");
        }
    }

    @Test
    void propertyOfNoConnection_isRefused() throws Exception {
        Path file = file("security.protcol=SASL_SSL\ngroup.id=g\ntransactional.id=secret\n");
        assertThatThrownBy(() -> ConnectionFile.read(file))
                .isInstanceOf(InvalidConnectionException.class)
                .hasMessageContaining(
                        file + " has group.id, security.protcol, transactional.id, which no connection has")
                .hasMessageNotContaining("secret");
    }

    /** The last two parts are of a password that was not quoted as it should be. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "L required username=\"a\" password=\"pass\"s3cret;",
                "L required username=\"a\" password=pass s3cret;",
                "L required username=\"a\" password=\"pass s3cret\"",
                "s3cret",
                "s3cret required;",
                "L s3cret;"
            })
    void loginThatIsNotUnderstood_isNotShown(String login) {
        Map<String, Object> connection = new HashMap<>(Map.of(
                "bootstrap.servers", "127.0.0.1:9",
                "security.protocol", "SASL_PLAINTEXT",
                "sasl.mechanism", "SCRAM-SHA-512",
                "sasl.jaas.config", login));
        KafkaClients clients = new KafkaClients(connection, null);
        assertThatThrownBy(clients::admin)
                .isInstanceOf(InvalidConnectionException.class)
                .hasMessageStartingWith("the Kafka connection cannot be set up: ")
                .hasMessageNotContaining("s3cret");
    }

    @Test
    void whatCannotBeUsed_isToldByItsName() {
        assertThatThrownBy(() -> KafkaClients.of("nothing").admin())
                .isInstanceOf(InvalidConnectionException.class)
                .hasMessageContaining("bootstrap.servers");
        Map<String, String> noSuchStore = Map.of(
                "security.protocol",
                "SSL",
                "ssl.keystore.location",
                "/no/such.p12",
                "ssl.keystore.type",
                "PKCS12",
                "ssl.keystore.password",
                "any");
        assertThatThrownBy(() -> KafkaClients.of("127.0.0.1:9", noSuchStore).admin())
                .isInstanceOf(InvalidConnectionException.class)
                .hasMessage("the Kafka connection cannot be set up: there is no file /no/such.p12");
    }
}
