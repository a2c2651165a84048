package dev.polyphony.manifests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.polyphony.launcher.Polyphony;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@code polyphony submit} makes of an overlay is as sound as the overlay. */
class SubmittedManifestsTest {

    private static final String HOME = "polyphony.home";

    @BeforeAll
    static void kubectl() throws InterruptedException {
        assumeTrue(Rendering.isPossible(), "kubectl with kustomize is not installed: see k8s/README.md");
    }

    @BeforeEach
    void home() {
        System.setProperty(HOME, Path.of("..").toAbsolutePath().normalize().toString());
    }

    @AfterEach
    void clear() {
        System.clearProperty(HOME);
    }

    @ParameterizedTest
    @ValueSource(strings = {"cpu", "gpu", "production"})
    void submitted_isSound(String overlay, @TempDir Path work) throws Exception {
        StringWriter out = new StringWriter();
        int exitCode = Polyphony.commandLine()
                .setOut(new PrintWriter(out, true))
                .execute(
                        "submit",
                        "fashion-mnist-small-no-distillation",
                        "--namespace",
                        "demo",
                        "--overlay",
                        overlay,
                        "--dry-run",
                        "--work",
                        work.toString());
        assertThat(exitCode).isZero();
        Rendering submitted = Rendering.parse(out.toString());
        assertThat(submitted.objects())
                .hasSameSizeAs(
                        Rendering.of(Path.of("overlays").resolve(overlay)).objects());
        assertThat(ManifestsTest.problems(submitted)).isEmpty();
    }
}
