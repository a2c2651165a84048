package dev.polyphony.launcher.run;

import dev.polyphony.datasets.DownloadProgress;
import java.io.PrintStream;
import java.time.Duration;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.DelegatingProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarConsumer;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;

/** A bar for each file that is downloaded: drawn in place in a terminal, a line now and then in a log. */
public final class DownloadBar implements DownloadProgress, AutoCloseable {

    private static final int LINE = 80;
    private static final Duration IN_PLACE = Duration.ofMillis(250);
    private static final Duration LINES = Duration.ofSeconds(5);
    private static final long MEBIBYTE = 1 << 20;

    private final PrintStream out;
    private final int columns;
    private @Nullable String file;
    private @Nullable ProgressBar bar;

    /**
     * @param out where bars are drawn
     * @param columns of the terminal; 0 if it is none
     */
    DownloadBar(PrintStream out, int columns) {
        this.out = out;
        this.columns = columns;
    }

    /** On the program's output, which stays open. */
    public static DownloadBar onScreen() {
        return new DownloadBar(System.out, Screen.columns());
    }

    @Override
    public void received(String name, long received, long total) {
        ProgressBar current = bar;
        if (current == null || !name.equals(file)) {
            close();
            current = start(name, total);
            bar = current;
            file = name;
        }
        current.stepTo(received);
    }

    private ProgressBar start(String name, long total) {
        boolean terminal = columns > 0;
        ProgressBarConsumer consumer = terminal
                ? new ConsoleProgressBarConsumer(out, columns - 1)
                : new DelegatingProgressBarConsumer(out::println, LINE);
        return new ProgressBarBuilder()
                .setTaskName(name)
                .setInitialMax(total)
                .setUnit(" MiB", MEBIBYTE)
                .setStyle(ProgressBarStyle.ASCII)
                .setUpdateIntervalMillis(Math.toIntExact((terminal ? IN_PLACE : LINES).toMillis()))
                .setConsumer(consumer)
                .build();
    }

    /** Draws the last bar once more, as it is now. */
    @Override
    public void close() {
        if (bar != null) {
            bar.close();
            bar = null;
        }
    }
}
