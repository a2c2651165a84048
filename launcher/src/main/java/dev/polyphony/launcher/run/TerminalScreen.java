package dev.polyphony.launcher.run;

import java.io.PrintStream;
import java.time.Duration;
import java.util.List;

/** One line per stage with a bar, drawn again in place. */
final class TerminalScreen implements Screen {

    private static final int BAR = 24;
    private static final int NAME = 16;
    private static final String CLEAR_TO_END = "\u001b[J";

    private final PrintStream out;
    private final int columns;
    private List<Stage> shown = List.of();

    TerminalScreen(PrintStream out, int columns) {
        this.out = out;
        this.columns = columns;
    }

    @Override
    public void show(List<Stage> stages) {
        StringBuilder text = erase();
        draw(stages, text);
        print(text);
        shown = List.copyOf(stages);
    }

    @Override
    public void say(String words) {
        StringBuilder text = erase().append(words).append('\n');
        draw(shown, text);
        print(text);
    }

    @Override
    public void settle() {
        shown = List.of();
    }

    @Override
    public Duration interval() {
        return Duration.ofMillis(250);
    }

    private StringBuilder erase() {
        StringBuilder text = new StringBuilder();
        if (!shown.isEmpty()) {
            text.append("\u001b[").append(shown.size()).append('A');
        }
        return text.append('\r').append(CLEAR_TO_END);
    }

    private void draw(List<Stage> stages, StringBuilder text) {
        for (Stage stage : stages) {
            int filled = (int) (BAR * stage.progress().fraction());
            String line = ("%-" + NAME + "s [%s%s] %3d %%  %s")
                    .formatted(
                            stage.name(),
                            "#".repeat(filled),
                            ".".repeat(BAR - filled),
                            (int) (100 * stage.progress().fraction()),
                            stage.progress().text());
            // A line that wraps would be drawn again below itself.
            text.append(line, 0, Math.min(line.length(), columns - 1)).append('\n');
        }
    }

    private void print(CharSequence text) {
        out.print(text);
        out.flush();
    }
}
