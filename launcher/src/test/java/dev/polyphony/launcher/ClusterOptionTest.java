package dev.polyphony.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClusterOptionTest {

    private final StringWriter err = new StringWriter();

    @TempDir
    private Path directory = Path.of("");

    private int export(String... options) {
        List<String> arguments = new ArrayList<>(List.of(
                "export",
                "stream",
                "0123456789ab",
                "--steps",
                "0",
                "--to",
                directory.resolve("a.npz").toString(),
                "--work",
                directory.toString()));
        arguments.addAll(List.of(options));
        return Polyphony.commandLine().setErr(new PrintWriter(err, true)).execute(arguments.toArray(String[]::new));
    }

    @Test
    void wayIntoNoCluster_isAMistake() {
        assertThat(export("--kafka-config", "client.properties")).isEqualTo(2);
        assertThat(err.toString())
                .isEqualTo(
                        "polyphony: --kafka-config says how to connect to the cluster that --bootstrap-servers names;"
                                + " give both, or neither for a local broker\n");
    }

    @Test
    void missingFile_isAMistake() {
        Path none = directory.resolve("none");
        assertThat(export("--bootstrap-servers", "127.0.0.1:1", "--kafka-config", none.toString()))
                .isEqualTo(2);
        assertThat(err.toString()).isEqualTo("polyphony: there is no Kafka configuration file " + none + "\n");
    }

    @Test
    void fileThatCannotBeUsed_isAMistake() throws Exception {
        Path file = Files.writeString(
                directory.resolve("client.properties"),
                "security.protocol=SSL\nssl.keystore.location=/no/such.p12\nssl.keystore.password=any\n");
        assertThat(export("--bootstrap-servers", "127.0.0.1:1", "--kafka-config", file.toString()))
                .isEqualTo(2);
        assertThat(err.toString().lines())
                .singleElement()
                .asString()
                .isEqualTo("polyphony: the Kafka connection cannot be set up: there is no file /no/such.p12");
    }
}
