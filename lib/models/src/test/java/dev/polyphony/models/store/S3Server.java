package dev.polyphony.models.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Properties;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;

/** A real S3 server, S3Proxy, in a process of its own; it keeps its buckets as directories. */
final class S3Server implements AutoCloseable {

    private static final String KEY = "polyphony";
    private static final String SECRET = "not-much-of-one";
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private final Process process;
    private final URI address;

    private S3Server(Process process, URI address) {
        this.process = process;
        this.address = address;
    }

    static S3Server start(Path directory) throws IOException, InterruptedException {
        URI address = URI.create("http://127.0.0.1:" + freePort());
        Path buckets = Files.createDirectories(directory.resolve("buckets"));
        Properties properties = new Properties();
        properties.putAll(Map.of(
                "s3proxy.endpoint",
                address.toString(),
                "s3proxy.authorization",
                "aws-v2-or-v4",
                "s3proxy.identity",
                KEY,
                "s3proxy.credential",
                SECRET,
                "jclouds.provider",
                "filesystem-nio2",
                "jclouds.filesystem.basedir",
                buckets.toString()));
        Path file = directory.resolve("s3proxy.properties");
        try (var writer = Files.newBufferedWriter(file)) {
            properties.store(writer, null);
        }
        Path log = directory.resolve("s3proxy.log");
        Process process = new ProcessBuilder(
                        ProcessHandle.current().info().command().orElse("java"),
                        "-XX:TieredStopAtLevel=1",
                        "-jar",
                        Path.of("target/s3-server/s3proxy.jar").toAbsolutePath().toString(),
                        "--properties",
                        file.toString())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        S3Server server = new S3Server(process, address);
        server.awaitAnswer(log);
        return server;
    }

    private void awaitAnswer(Path log) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        try (S3Client client = client(KEY, SECRET).build()) {
            while (true) {
                try {
                    client.listBuckets();
                    return;
                } catch (SdkException notYet) {
                    assertThat(process.isAlive())
                            .as("the server runs: " + Files.readString(log))
                            .isTrue();
                    assertThat(System.nanoTime()).as(notYet.getMessage()).isLessThan(deadline);
                    Thread.sleep(100);
                }
            }
        }
    }

    /** A client of the store's kind, for whoever has the keys. */
    S3ClientBuilder client(String key, String secret) {
        return S3ModelStore.builder()
                .endpointOverride(address)
                .forcePathStyle(true)
                .region(Region.US_EAST_1)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create(key, secret)));
    }

    S3ClientBuilder client() {
        return client(KEY, SECRET);
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
    }
}
