package dev.polyphony.chaos.stream;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalDouble;

/** What a service says of itself over HTTP. */
final class ServicePort {

    private static final Duration PATIENCE = Duration.ofSeconds(1);
    private static final HttpClient HTTP =
            HttpClient.newBuilder().connectTimeout(PATIENCE).build();

    private final Path portFile;

    ServicePort(Path portFile) {
        this.portFile = portFile;
    }

    /** A meter without labels; empty if the service does not answer or has none. */
    OptionalDouble meter(String name) {
        return get("/actuator/prometheus").stream()
                .flatMap(String::lines)
                .filter(line -> line.startsWith(name + " ") || line.startsWith(name + "{"))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .findFirst();
    }

    /** Whether it has all that it needs to work. */
    boolean isReady() {
        return get("/actuator/health/readiness").isPresent();
    }

    private Optional<String> get(String path) {
        try {
            int port = Integer.parseInt(Files.readString(portFile).strip());
            HttpResponse<String> response = HTTP.send(
                    HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                            .timeout(PATIENCE)
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            return response.statusCode() == 200 ? Optional.of(response.body()) : Optional.empty();
        } catch (IOException | NumberFormatException down) {
            return Optional.empty();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }
}
