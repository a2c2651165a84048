package dev.polyphony.launcher.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.polyphony.launcher.process.Progress;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class ScreenTest {

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);

    @Test
    void plainLines_comeOnlyWhenAStageHasMoved() {
        Screen screen = new PlainScreen(out);

        screen.show(List.of(stage("perturb", 1), stage("teach", 0)));
        screen.show(List.of(stage("perturb", 2), stage("teach", 0)));
        screen.say("a word");

        assertThat(text()).isEqualTo("perturb: 1 of 4\nteach: 0 of 4\nperturb: 2 of 4\na word\n");
    }

    @Test
    void terminal_drawsTheSameLinesAgain() {
        Screen screen = new TerminalScreen(out, 80);

        screen.show(List.of(stage("perturb", 1), stage("teach", 0)));
        bytes.reset();
        screen.show(List.of(stage("perturb", 2), stage("teach", 0)));

        assertThat(text())
                .startsWith("\u001b[2A\r\u001b[J")
                .contains("perturb          [############............]  50 %  2 of 4\n")
                .contains("teach            [........................]   0 %  0 of 4\n");
    }

    @Test
    void terminal_putsWordsAboveTheStages() {
        Screen screen = new TerminalScreen(out, 80);
        screen.show(List.of(stage("perturb", 1)));
        bytes.reset();

        screen.say("a word");

        assertThat(text()).startsWith("\u001b[1A\r\u001b[Ja word\nperturb ");
    }

    @Test
    void terminal_putsWordsBelowSettledStages() {
        Screen screen = new TerminalScreen(out, 80);
        screen.show(List.of(stage("perturb", 4)));
        screen.settle();
        bytes.reset();

        screen.say("a word");

        assertThat(text()).isEqualTo("\r\u001b[Ja word\n");
    }

    @Test
    void terminal_neverLetsALineWrap() {
        new TerminalScreen(out, 30).show(List.of(stage("perturb", 1)));

        assertThat(text().replaceFirst("^\r\u001b\\[J", "")).hasSize(30).endsWith("\n");
    }

    private String text() {
        return bytes.toString(StandardCharsets.UTF_8);
    }

    private static Screen.Stage stage(String name, long done) {
        return new Screen.Stage(name, StageProgress.begin(new Progress(name, done, 4, 0, 0)));
    }
}
