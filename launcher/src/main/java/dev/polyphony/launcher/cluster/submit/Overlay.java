package dev.polyphony.launcher.cluster.submit;

import dev.polyphony.launcher.LauncherMistake;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A folder of manifests, for kubectl to render.
 *
 * @param name by which a namespace remembers it
 * @param folder with its kustomization
 */
record Overlay(String name, Path folder) {

    static final String KUBECTL = "kubectl";

    private static final List<String> SHIPPED = List.of("cpu", "gpu", "production");

    /**
     * The overlay that a user means.
     *
     * @param nameOrDirectory one that ships, or a directory with a kustomization of one's own
     * @param home the repository's root
     * @throws LauncherMistake if there is neither
     */
    static Overlay find(String nameOrDirectory, Path home) {
        if (SHIPPED.contains(nameOrDirectory)) {
            return new Overlay(nameOrDirectory, home.resolve("k8s/overlays").resolve(nameOrDirectory));
        }
        Path folder = Path.of(nameOrDirectory).toAbsolutePath().normalize();
        if (!Files.isRegularFile(folder.resolve("kustomization.yaml"))) {
            throw new LauncherMistake("there is no overlay " + nameOrDirectory + ": --overlay takes "
                    + String.join(", ", SHIPPED) + ", or a directory with a kustomization.yaml");
        }
        return new Overlay(folder.getFileName().toString(), folder);
    }

    /**
     * The overlay's objects, as YAML.
     *
     * @param kubectl the program
     * @throws LauncherMistake if there is no such program, or it cannot render this
     */
    String render(String kubectl) {
        try {
            Path rendered = Files.createTempFile("polyphony-", ".yaml");
            try {
                Process process = new ProcessBuilder(kubectl, "kustomize", folder.toString())
                        .redirectOutput(rendered.toFile())
                        .start();
                String complaint = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8).strip();
                if (process.waitFor() != 0) {
                    throw new LauncherMistake("kubectl cannot render the overlay " + folder + ": " + complaint
                            + " (kubectl 1.27 or newer is needed; see k8s/README.md)");
                }
                return Files.readString(rendered);
            } finally {
                Files.deleteIfExists(rendered);
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while kubectl renders " + folder, interrupted);
        } catch (IOException e) {
            if (e.getMessage() != null && e.getMessage().startsWith("Cannot run program")) {
                throw new LauncherMistake("there is no " + kubectl
                        + ", which renders the manifests: install kubectl 1.27" + " or newer (https://pkgs.k8s.io)");
            }
            throw new UncheckedIOException("cannot render " + folder, e);
        }
    }
}
