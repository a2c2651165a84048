package dev.polyphony.launcher.run;

import java.io.PrintStream;
import java.time.Duration;
import java.util.List;

/** Where a run shows how far it is. Not for several threads at once. */
interface Screen {

    /** Shows the stages as they are now, in the order in which they began. */
    void show(List<Stage> stages);

    /** Says something once. */
    void say(String text);

    /** Leaves the stages as they are shown; what is said next comes below them. */
    void settle();

    /** How often {@link #show} is worth calling. */
    Duration interval();

    /** A terminal of so many columns, or what there is without one. */
    static Screen of(PrintStream out) {
        return columns() > 0 ? new TerminalScreen(out, columns()) : new PlainScreen(out);
    }

    /** Columns of the terminal, 0 if the output is none. */
    static int columns() {
        return Integer.getInteger("polyphony.columns", 0);
    }

    /**
     * A stage to show.
     *
     * @param name what is done
     * @param progress how far it is
     */
    record Stage(String name, StageProgress progress) {}
}
