package dev.polyphony.launcher.run;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import org.junit.jupiter.api.Test;

class DownloadBarTest {

    private static final long MEBIBYTE = 1 << 20;

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final PrintStream out = new PrintStream(bytes, true, UTF_8);

    @Test
    void inALog_everyFileEndsWithALineThatSaysHowMuchCame() {
        try (DownloadBar bar = new DownloadBar(out, 0)) {
            bar.received("first.tar.gz", MEBIBYTE, 4 * MEBIBYTE);
            bar.received("first.tar.gz", 4 * MEBIBYTE, 4 * MEBIBYTE);
            bar.received("second.gz", MEBIBYTE, 4 * MEBIBYTE);
        }
        assertThat(text()).doesNotContain("\r");
        assertThat(text().lines()
                        .filter(line -> line.startsWith("first.tar.gz"))
                        .reduce((a, b) -> b))
                .hasValueSatisfying(line -> assertThat(line).contains("100%", "4/4 MiB"));
        assertThat(text().lines().filter(line -> line.startsWith("second.gz")).reduce((a, b) -> b))
                .hasValueSatisfying(line -> assertThat(line).contains("25%", "1/4 MiB"));
        assertThat(text().lines()).allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(80));
    }

    @Test
    void inATerminal_theBarIsDrawnInPlace() {
        try (DownloadBar bar = new DownloadBar(out, 60)) {
            bar.received("file.gz", 2 * MEBIBYTE, 2 * MEBIBYTE);
        }
        assertThat(text()).startsWith("\r").contains("file.gz", "100%");
    }

    @Test
    void aFileOfUnknownSize_showsWhatCame() {
        try (DownloadBar bar = new DownloadBar(out, 0)) {
            bar.received("file.gz", 3 * MEBIBYTE, -1);
        }
        assertThat(text()).contains("file.gz", "3/? MiB");
    }

    @Test
    void nothingDownloaded_drawsNothing() {
        new DownloadBar(out, 0).close();
        assertThat(text()).isEmpty();
    }

    private String text() {
        return bytes.toString(UTF_8);
    }
}
