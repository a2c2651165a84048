package dev.polyphony.launcher.observe;

import dev.polyphony.launcher.LauncherMistake;
import dev.polyphony.launcher.WorkDirectory;
import dev.polyphony.launcher.WorkOption;
import dev.polyphony.models.format.AtomicFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import tools.jackson.databind.json.JsonMapper;

/**
 * The machine's Prometheus, scraping the services of a work directory with the rules that a cluster gets. It lives as long
 * as this object; what it has measured stays in the work directory.
 */
public final class Observation implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final long LOOK_MILLIS = 500;
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final Process process;
    private final ScheduledExecutorService watcher;

    private Observation(Process process, Targets targets) {
        this.process = process;
        this.watcher = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "observation");
            thread.setDaemon(true);
            return thread;
        });
        var unused = watcher.scheduleWithFixedDelay(targets::write, 0, LOOK_MILLIS, TimeUnit.MILLISECONDS);
    }

    /**
     * Starts it, and returns when it answers.
     *
     * @param say told the address
     * @throws LauncherMistake if no Prometheus is installed
     */
    public static Observation start(WorkDirectory work, Consumer<String> say) {
        Path directory = work.prometheus();
        URI address = URI.create("http://127.0.0.1:" + freePort() + "/");
        Targets targets = new Targets(work.processes(), directory.resolve("targets.json"));
        try {
            Files.createDirectories(directory);
            write(directory.resolve("rules.yml"), rules());
            write(directory.resolve("prometheus.yml"), configuration());
            targets.write();
            Observation observation = new Observation(launch(directory, address), targets);
            observation.awaitReady(address, directory);
            say.accept("Prometheus at " + address + " watches this run");
            return observation;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write Prometheus's configuration in " + directory, e);
        }
    }

    private static Process launch(Path directory, URI address) {
        ProcessBuilder builder = new ProcessBuilder(
                "prometheus",
                "--config.file=" + directory.resolve("prometheus.yml"),
                "--storage.tsdb.path=" + directory.resolve("data"),
                "--web.listen-address=" + address.getAuthority(),
                "--log.level=warn");
        builder.redirectErrorStream(true)
                .redirectOutput(directory.resolve("prometheus.log").toFile());
        try {
            return builder.start();
        } catch (IOException none) {
            throw new LauncherMistake("--observe needs Prometheus, which is not installed: on Debian, apt-get install"
                    + " prometheus; elsewhere, put prometheus from prometheus.io into a directory of the PATH");
        }
    }

    private void awaitReady(URI address, Path directory) throws IOException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!isReady(address)) {
            if (!process.isAlive() || System.nanoTime() > deadline) {
                close();
                throw new LauncherMistake("Prometheus does not start; the end of " + directory.resolve("prometheus.log")
                        + ": " + lastLine(directory.resolve("prometheus.log")));
            }
            pause();
        }
    }

    private static boolean isReady(URI address) {
        try {
            URL ready = address.resolve("-/ready").toURL();
            HttpURLConnection connection = (HttpURLConnection) ready.openConnection();
            connection.setConnectTimeout(1000);
            connection.setReadTimeout(1000);
            return connection.getResponseCode() == HttpURLConnection.HTTP_OK;
        } catch (IOException notYet) {
            return false;
        }
    }

    private static String lastLine(Path log) throws IOException {
        List<String> lines = Files.readAllLines(log);
        return lines.isEmpty() ? "it says nothing" : lines.get(lines.size() - 1);
    }

    private static void pause() {
        try {
            Thread.sleep(100);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** JSON, which is YAML too. */
    private static String configuration() {
        return JSON.writeValueAsString(Map.of(
                "global", Map.of("scrape_interval", "2s", "evaluation_interval", "2s"),
                "rule_files", List.of("rules.yml"),
                "scrape_configs",
                        List.of(Map.of(
                                "job_name", "polyphony",
                                "metrics_path", "/actuator/prometheus",
                                "file_sd_configs",
                                        List.of(Map.of("files", List.of("targets.json"), "refresh_interval", "5s"))))));
    }

    /** The groups of the cluster's PrometheusRule: one set of rules for both. */
    private static String rules() throws IOException {
        String manifest = Files.readString(WorkOption.home().resolve("k8s/monitoring/rules.yaml"));
        Object rule = new Load(LoadSettings.builder().build()).loadFromString(manifest);
        Object specification = ((Map<?, ?>) rule).get("spec");
        return JSON.writeValueAsString(specification);
    }

    private static void write(Path file, String text) {
        AtomicFile.write(file, text.getBytes(StandardCharsets.UTF_8));
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException("there is no free port for Prometheus", e);
        }
    }

    @Override
    public void close() {
        watcher.shutdownNow();
        process.destroy();
        try {
            if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException interrupted) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
