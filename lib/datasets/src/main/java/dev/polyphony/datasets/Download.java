package dev.polyphony.datasets;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.DigestOutputStream;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;

/** Fetches published files. A file appears under its name only whole and with the published checksum. */
final class Download {

    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(20);
    private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(60);
    private static final int OK = 200;
    private static final int BUFFER_BYTES = 1 << 16;

    private final HttpClient client = HttpClient.newBuilder()
            .connectTimeout(CONNECT_TIMEOUT)
            .followRedirects(HttpClient.Redirect.NORMAL)
            .build();
    private final DownloadProgress progress;

    /** Tells of everything that comes. */
    Download(DownloadProgress progress) {
        this.progress = progress;
    }

    /**
     * Fetches all files into a directory, which is created if it is missing.
     *
     * @throws InvalidDataException if one cannot be had; the message says how to get all of them by hand
     */
    void fetch(List<PublishedFile> files, Path directory) {
        for (PublishedFile file : files) {
            try {
                fetch(file, directory);
            } catch (IOException failure) {
                throw failed(file, files, directory, failure);
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
                throw failed(file, files, directory, interrupted);
            }
        }
    }

    private void fetch(PublishedFile file, Path directory) throws IOException, InterruptedException {
        HttpRequest request =
                HttpRequest.newBuilder(file.address()).timeout(ANSWER_TIMEOUT).build();
        HttpResponse<InputStream> response = client.send(request, HttpResponse.BodyHandlers.ofInputStream());
        try (InputStream body = response.body()) {
            if (response.statusCode() != OK) {
                throw new IOException("the server answers with status " + response.statusCode());
            }
            long total = response.headers().firstValueAsLong("Content-Length").orElse(-1);
            publish(body, total, file, directory);
        }
    }

    private void publish(InputStream body, long total, PublishedFile file, Path directory) throws IOException {
        Path target = directory.resolve(file.name());
        Files.createDirectories(directory);
        // Not createTempFile, whose files only their owner can read, even once they are published.
        Path part = directory.resolve("." + file.name() + "." + UUID.randomUUID() + ".part");
        try {
            String digest;
            try (DigestOutputStream out = new DigestOutputStream(
                    Files.newOutputStream(part, StandardOpenOption.CREATE_NEW),
                    file.checksum().digest())) {
                copy(body, out, file.name(), total);
                digest = Checksum.hex(out.getMessageDigest().digest());
            }
            if (!digest.equals(file.digest())) {
                throw new IOException("what came has the " + file.checksum().algorithm() + " " + digest);
            }
            Files.move(part, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(part);
        }
    }

    private void copy(InputStream body, OutputStream out, String file, long total) throws IOException {
        byte[] buffer = new byte[BUFFER_BYTES];
        long received = 0;
        for (int length = body.read(buffer); length >= 0; length = body.read(buffer)) {
            out.write(buffer, 0, length);
            received += length;
            progress.received(file, received, total);
        }
    }

    private static InvalidDataException failed(
            PublishedFile file, List<PublishedFile> all, Path directory, Exception failure) {
        String reason = failure.getMessage() == null ? failure.getClass().getSimpleName() : failure.getMessage();
        String wanted = all.stream().map(PublishedFile::toString).collect(Collectors.joining("\n  "));
        return new InvalidDataException(
                file.name() + " cannot be downloaded (" + reason + "). Fetch by hand and put into "
                        + directory.toAbsolutePath() + ":\n  " + wanted,
                failure);
    }
}
