package dev.polyphony.figures;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BundledFontTest {

    @TempDir
    Path directory;

    @Test
    void figures_areSameOnMachineWithoutAnyFont() throws IOException, InterruptedException {
        // Java fails to start its fonts with this configuration unless the figures prepare it.
        Path none = Files.writeString(directory.resolve("fonts.conf"), "<fontconfig></fontconfig>");
        ProcessBuilder builder = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                Examples.class.getName(),
                directory.toString());
        builder.environment().put("FONTCONFIG_FILE", none.toString());
        builder.environment().remove("DISPLAY");
        Path output = directory.resolve("output");
        Process process = builder.redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
        assertThat(Files.readString(output)).isEmpty();
        assertThat(Files.readAllBytes(directory.resolve("training.png")))
                .isEqualTo(Examples.training().png());
        assertThat(Files.readAllBytes(directory.resolve("diversity-teachers.svg")))
                .isEqualTo(Examples.diversityOfTeachers().svg());
    }

    @Test
    void font_hasEveryCharacterOfFigures() {
        assertThat(BundledFont.of(12).canDisplayUpTo("–×±°≥≤τσα²0123456789 KL(p_i || p_j)"))
                .isEqualTo(-1);
    }

    @Test
    void font_travelsWithItsLicence() throws IOException {
        try (var licence = BundledFont.class.getResourceAsStream("LiberationSans-OFL.txt")) {
            assertThat(licence).isNotNull();
            assertThat(new String(licence.readAllBytes(), java.nio.charset.StandardCharsets.UTF_8))
                    .contains("SIL OPEN FONT LICENSE", "Red Hat");
        }
    }
}
