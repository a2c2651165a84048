package dev.polyphony.streaming.service;

import java.io.OutputStream;
import java.io.PrintStream;
import java.util.Locale;

/**
 * Tells whoever started this process how far a stage is: lines {@code progress {json}} on standard output, at most one a
 * second, and one at the end.
 */
public final class ProgressLines {

    private static final long INTERVAL_NANOS = 1_000_000_000L;

    private final String stage;
    private final long total;
    private final PrintStream out;
    private final long started = System.nanoTime();
    private long images;
    private long lastPrinted;
    private long done;

    /**
     * @param stage what is done, such as {@code perturb}
     * @param done steps done before this process started
     * @param total steps in all
     */
    public ProgressLines(String stage, long done, long total, PrintStream out) {
        this.stage = stage;
        this.done = done;
        this.total = total;
        this.out = out;
        print("");
    }

    /** For work that has nothing to tell yet. */
    static ProgressLines silent() {
        return new ProgressLines("", 0, 0, new PrintStream(OutputStream.nullOutputStream()));
    }

    /**
     * Steps have been done.
     *
     * @param nowDone steps done in all
     * @param newImages images of the steps new since the last call
     * @param extra further JSON members, such as {@code "loss":0.5}, or empty
     */
    public void update(long nowDone, long newImages, String extra) {
        done = nowDone;
        images += newImages;
        if (done == total || System.nanoTime() - lastPrinted >= INTERVAL_NANOS) {
            print(extra);
        }
    }

    private void print(String extra) {
        lastPrinted = System.nanoTime();
        double seconds = (lastPrinted - started) / 1e9;
        out.println(String.format(
                Locale.ROOT,
                "progress {\"stage\":\"%s\",\"done\":%d,\"total\":%d,\"images\":%d,\"seconds\":%.3f%s}",
                stage,
                done,
                total,
                images,
                seconds,
                extra.isEmpty() ? "" : "," + extra));
        out.flush();
    }
}
