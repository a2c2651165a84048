package dev.polyphony.datasets;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Flow;
import java.util.stream.Collectors;

/** Fetches published files. A file appears under its name only whole and with the published checksum. */
final class Download {

    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(20);
    private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(60);
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int OK = 200;

    /** Above the largest published file, the 2,918,473,216 bytes of CIFAR-100-C. */
    private static final long MAXIMUM_BYTES = 3_000_000_000L;

    private final HttpClient client = HttpClient.newBuilder()
            .connectTimeout(CONNECT_TIMEOUT)
            .followRedirects(HttpClient.Redirect.NORMAL)
            .build();
    private final DownloadProgress progress;
    private final Duration patience;
    private final long maximumBytes;

    /** Tells of everything that comes. */
    Download(DownloadProgress progress) {
        this(progress, PATIENCE, MAXIMUM_BYTES);
    }

    /**
     * @param patience how long nothing may come before a download is given up
     * @param maximumBytes that a file may have: a server can send for ever
     */
    Download(DownloadProgress progress, Duration patience, long maximumBytes) {
        this.progress = progress;
        this.patience = patience;
        this.maximumBytes = maximumBytes;
    }

    /** Is told of everything that comes, and of what is done with it, where that takes long. */
    DownloadProgress progress() {
        return progress;
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
        HttpResponse<Flow.Publisher<List<ByteBuffer>>> response =
                client.send(request, HttpResponse.BodyHandlers.ofPublisher());
        try (DownloadBody body = new DownloadBody(patience)) {
            response.body().subscribe(body);
            if (response.statusCode() != OK) {
                throw new IOException("the server answers with status " + response.statusCode());
            }
            long total = response.headers().firstValueAsLong("Content-Length").orElse(-1);
            publish(body, total, file, directory);
        }
    }

    private void publish(DownloadBody body, long total, PublishedFile file, Path directory)
            throws IOException, InterruptedException {
        Path target = directory.resolve(file.name());
        Files.createDirectories(directory);
        // Not createTempFile, whose files only their owner can read, even once they are published.
        Path part = directory.resolve("." + file.name() + "." + UUID.randomUUID() + ".part");
        try {
            MessageDigest digest = file.checksum().digest();
            try (WritableByteChannel out =
                    Files.newByteChannel(part, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
                copy(body, out, digest, file.name(), total);
            }
            String actual = Checksum.hex(digest.digest());
            if (!actual.equals(file.digest())) {
                throw new IOException("what came has the " + file.checksum().algorithm() + " " + actual);
            }
            Files.move(part, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(part);
        }
    }

    private void copy(DownloadBody body, WritableByteChannel out, MessageDigest digest, String file, long total)
            throws IOException, InterruptedException {
        long received = 0;
        for (List<ByteBuffer> buffers = body.next(); !buffers.isEmpty(); buffers = body.next()) {
            for (ByteBuffer buffer : buffers) {
                received += buffer.remaining();
                if (received > maximumBytes) {
                    throw new IOException("more than " + maximumBytes + " bytes came, no file of a known data set");
                }
                digest.update(buffer.duplicate());
                while (buffer.hasRemaining()) {
                    out.write(buffer);
                }
            }
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
