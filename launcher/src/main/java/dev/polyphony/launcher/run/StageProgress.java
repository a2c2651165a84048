package dev.polyphony.launcher.run;

import dev.polyphony.launcher.process.Progress;
import java.util.OptionalLong;

/**
 * How far a stage is and how fast: the newest word of its process, against the first, before which other processes did
 * the work.
 *
 * @param first what the process said first
 * @param latest what it said last
 */
record StageProgress(Progress first, Progress latest) {

    static StageProgress begin(Progress progress) {
        return new StageProgress(progress, progress);
    }

    /** With a newer word; a process that was restarted begins to count again. */
    StageProgress next(Progress progress) {
        boolean restarted = progress.seconds() < latest.seconds();
        return restarted ? begin(progress) : new StageProgress(first, progress);
    }

    /** Fraction done, in [0, 1]. */
    double fraction() {
        return latest.total() <= 0 ? 1 : Math.min(1, (double) latest.done() / latest.total());
    }

    /** Seconds to go at the pace of this process so far; empty while there is none. */
    OptionalLong secondsLeft() {
        double seconds = latest.seconds() - first.seconds();
        long steps = latest.done() - first.done();
        if (steps <= 0 || seconds <= 0) {
            return OptionalLong.empty();
        }
        return OptionalLong.of(Math.round((latest.total() - latest.done()) * seconds / steps));
    }

    /** For example {@code 312 of 564  480 images/s  0:12 left}. */
    String text() {
        StringBuilder text =
                new StringBuilder().append(latest.done()).append(" of ").append(latest.total());
        if (latest.images() > 0) {
            text.append("  ").append(Math.round(latest.rate())).append(" images/s");
        }
        if (latest.complete()) {
            text.append("  done");
        } else {
            secondsLeft()
                    .ifPresent(left -> text.append("  ").append(clock(left)).append(" left"));
        }
        return text.toString();
    }

    /** Minutes and seconds, with hours if there are any. */
    static String clock(long seconds) {
        return seconds >= 3600
                ? "%d:%02d:%02d".formatted(seconds / 3600, seconds / 60 % 60, seconds % 60)
                : "%d:%02d".formatted(seconds / 60, seconds % 60);
    }
}
