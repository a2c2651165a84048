package dev.polyphony.datasets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DownloadTest {

    private static final byte[] CONTENT = "the right content".getBytes(StandardCharsets.UTF_8);

    private final Path directory;
    private final HttpServer server;

    DownloadTest(@TempDir Path parent) throws IOException {
        directory = parent.resolve("data");
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        answer("/good", 200, CONTENT.length, CONTENT);
        answer("/unsized", 200, 0, CONTENT);
        answer("/wrong", 200, 5, "other".getBytes(StandardCharsets.UTF_8));
        answer("/missing", 404, 4, "none".getBytes(StandardCharsets.UTF_8));
        answer("/truncated", 200, CONTENT.length + 100, CONTENT);
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void goodFile_appearsAlone() throws IOException {
        new Download(DownloadProgress.NONE).fetch(List.of(file("good")), directory);

        assertThat(directory.resolve("good")).hasBinaryContent(CONTENT);
        assertThat(files()).containsExactly(directory.resolve("good"));
    }

    @Test
    void progress_endsWithTheWholeFile() {
        List<String> told = new ArrayList<>();

        new Download((file, received, total) -> told.add(file + " " + received + "/" + total))
                .fetch(List.of(file("good"), file("unsized")), directory);

        assertThat(told)
                .contains("good " + CONTENT.length + "/" + CONTENT.length)
                .endsWith("unsized " + CONTENT.length + "/-1");
    }

    @Test
    void publishedFile_isReadableLikeAnyOther() throws IOException {
        new Download(DownloadProgress.NONE).fetch(List.of(file("good")), directory);

        Path other = Files.createFile(directory.resolve("other"));
        assertThat(Files.getPosixFilePermissions(directory.resolve("good")))
                .isEqualTo(Files.getPosixFilePermissions(other));
    }

    @Test
    void wrongChecksum_leavesNothing() throws IOException {
        assertThatThrownBy(() -> new Download(DownloadProgress.NONE).fetch(List.of(file("wrong")), directory))
                .isInstanceOf(InvalidDataException.class)
                .hasMessageContaining(
                        "what came has the SHA-256 d9298a10d1b0735837dc4bd85dac641b0f3cef27a47e5d53a54f2f3f5b2fcffa");
        assertThat(files()).isEmpty();
    }

    @Test
    void missingFile_isAnsweredWithWhatToDoByHand() {
        assertThatThrownBy(() ->
                        new Download(DownloadProgress.NONE).fetch(List.of(file("good"), file("missing")), directory))
                .isInstanceOf(InvalidDataException.class)
                .hasMessage(
                        "missing cannot be downloaded (the server answers with status 404). Fetch by hand and put into "
                                + directory.toAbsolutePath() + ":\n  " + file("good") + "\n  " + file("missing"));
        assertThat(file("missing").toString())
                .isEqualTo("missing from " + address("missing") + " (SHA-256 " + Checksum.SHA_256.of(CONTENT) + ")");
    }

    @Test
    void truncatedFile_leavesNothing() throws IOException {
        assertThatThrownBy(() -> new Download(DownloadProgress.NONE).fetch(List.of(file("truncated")), directory))
                .isInstanceOf(InvalidDataException.class)
                .hasMessageContaining("truncated cannot be downloaded (");
        assertThat(files()).isEmpty();
    }

    @Test
    void bodyThatStalls_isGivenUp() throws IOException {
        server.createContext("/stalled", exchange -> {
            exchange.sendResponseHeaders(200, CONTENT.length);
            exchange.getResponseBody().write(CONTENT, 0, 5);
            exchange.getResponseBody().flush();
            // Neither ends nor goes on; stopping the server closes the connection.
        });
        Download impatient = new Download(DownloadProgress.NONE, Duration.ofMillis(300), 1_000);

        assertThatThrownBy(() -> impatient.fetch(List.of(file("stalled")), directory))
                .isInstanceOf(InvalidDataException.class)
                .hasMessageContaining("stalled cannot be downloaded (nothing more came for 0.3 seconds)");
        assertThat(files()).isEmpty();
    }

    @Test
    void bodyWithoutEnd_isGivenUp() throws IOException {
        server.createContext("/endless", exchange -> {
            exchange.sendResponseHeaders(200, 0);
            try (OutputStream out = exchange.getResponseBody()) {
                for (int i = 0; i < 10_000; i++) {
                    out.write(new byte[1_000]);
                }
            }
        });
        Download download = new Download(DownloadProgress.NONE, Duration.ofSeconds(5), 100_000);

        assertThatThrownBy(() -> download.fetch(List.of(file("endless")), directory))
                .isInstanceOf(InvalidDataException.class)
                .hasMessageContaining("more than 100000 bytes came");
        assertThat(files()).isEmpty();
    }

    @Test
    void unreachableServer_isOneMessage() {
        server.stop(0);

        assertThatThrownBy(() -> new Download(DownloadProgress.NONE).fetch(List.of(file("good")), directory))
                .isInstanceOf(InvalidDataException.class)
                .hasMessageContaining("good cannot be downloaded (")
                .hasMessageContaining(Checksum.SHA_256.of(CONTENT));
        assertThat(directory).doesNotExist();
    }

    private void answer(String path, int status, long promised, byte[] body) {
        server.createContext(path, exchange -> {
            exchange.sendResponseHeaders(status, promised);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
    }

    private PublishedFile file(String name) {
        return new PublishedFile(name, address(name), Checksum.SHA_256, Checksum.SHA_256.of(CONTENT));
    }

    private URI address(String name) {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/" + name);
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.toList();
        }
    }
}
