package dev.polyphony.launcher.run;

import dev.polyphony.launcher.process.ChildListener;
import dev.polyphony.launcher.process.ProcessIds;
import dev.polyphony.launcher.process.Progress;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Gathers what the children say and keeps the screen and the list of processes current. */
final class StageBoard implements ChildListener, AutoCloseable {

    private static final String TRAINING = "train member ";
    private static final List<String> FLOW = List.of("perturb", "teach", "student", "evaluate");

    private final Screen screen;
    private final ProcessIds processes;
    private final SortedMap<String, StageProgress> stages =
            new TreeMap<>(Comparator.comparingInt(StageBoard::place).thenComparing(Comparator.naturalOrder()));
    private boolean settled;
    private final ScheduledExecutorService ticker = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "progress");
        thread.setDaemon(true);
        return thread;
    });

    StageBoard(Screen screen, ProcessIds processes) {
        this.screen = screen;
        this.processes = processes;
        long interval = screen.interval().toMillis();
        var unused = ticker.scheduleWithFixedDelay(this::show, interval, interval, TimeUnit.MILLISECONDS);
    }

    synchronized void say(String text) {
        screen.say(text);
    }

    /** How fast each stage has been so far; without those that did no image. */
    synchronized List<StageRate> rates() {
        List<StageRate> rates = new ArrayList<>();
        stages.forEach((stage, progress) -> {
            Progress latest = progress.latest();
            if (latest.images() > 0) {
                rates.add(new StageRate(stage, latest.images(), latest.seconds(), latest.rate()));
            }
        });
        return rates;
    }

    private synchronized void show() {
        if (!settled) {
            List<Screen.Stage> shown = new ArrayList<>();
            stages.forEach((name, progress) -> shown.add(new Screen.Stage(name, progress)));
            screen.show(shown);
        }
    }

    /** Shows the last state, for good. */
    synchronized void settle() {
        show();
        screen.settle();
        settled = true;
    }

    /** The place of a stage in the flow. */
    private static int place(String stage) {
        int place = FLOW.indexOf(stage);
        return place < 0 && !stage.startsWith(TRAINING) ? FLOW.size() : place;
    }

    @Override
    public void started(String child, long pid) {
        processes.put(child, pid);
    }

    @Override
    public synchronized void progress(String child, Progress progress) {
        stages.merge(progress.stage(), StageProgress.begin(progress), (before, unused) -> before.next(progress));
    }

    @Override
    public void crashed(String child, int exit, List<String> lastLines, int restart, int restarts) {
        StringBuilder text =
                new StringBuilder(child + " died with exit code " + exit + "; the last lines of its log:\n");
        lastLines.forEach(line -> text.append("  | ").append(line).append('\n'));
        say(text + "starting " + child + " again (" + restart + " of at most " + restarts + " restarts)");
    }

    @Override
    public void ended(String child) {
        processes.remove(child);
    }

    @Override
    public void close() {
        ticker.shutdownNow();
        settle();
    }
}
