package dev.polyphony.launcher.run;

import java.io.PrintStream;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Lines for a log: one per stage now and then, when it has moved. */
final class PlainScreen implements Screen {

    private final PrintStream out;
    private final Map<String, Long> shown = new HashMap<>();

    PlainScreen(PrintStream out) {
        this.out = out;
    }

    @Override
    public void show(List<Stage> stages) {
        for (Stage stage : stages) {
            long done = stage.progress().latest().done();
            Long before = shown.put(stage.name(), done);
            if (before == null || before != done) {
                out.println(stage.name() + ": " + stage.progress().text());
            }
        }
        out.flush();
    }

    @Override
    public void say(String text) {
        out.println(text);
        out.flush();
    }

    @Override
    public void settle() {
        // Lines stay where they are anyway.
    }

    @Override
    public Duration interval() {
        return Duration.ofSeconds(5);
    }
}
