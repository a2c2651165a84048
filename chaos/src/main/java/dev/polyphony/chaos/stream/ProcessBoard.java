package dev.polyphony.chaos.stream;

import dev.polyphony.launcher.process.ChildListener;
import dev.polyphony.launcher.process.Progress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** Which child is which process now, and how often one was started again. */
public final class ProcessBoard implements ChildListener {

    private static final Duration RESTART = Duration.ofMinutes(3);

    private final Map<String, Long> pids = new ConcurrentHashMap<>();
    private final AtomicInteger restarts = new AtomicInteger();

    @Override
    public void started(String child, long pid) {
        pids.put(child, pid);
    }

    @Override
    public void progress(String child, Progress progress) {
        // What the log and the meters say is nearer to the truth.
    }

    @Override
    public void crashed(String child, int exit, List<String> lastLines, int restart, int most) {
        restarts.incrementAndGet();
    }

    @Override
    public void ended(String child) {
        pids.remove(child);
    }

    /** How often any child was started again. */
    public int restarts() {
        return restarts.get();
    }

    /**
     * The process of a child.
     *
     * @throws ChaosException if it has none in time
     */
    public ProcessHandle process(String child) {
        Waiting.until(child + " has a process", RESTART, () -> pids.containsKey(child));
        return ProcessHandle.of(pids.getOrDefault(child, -1L))
                .orElseThrow(() -> new ChaosException(child + " ended by itself just now"));
    }

    /**
     * Waits until a child has another process than this.
     *
     * @throws ChaosException if it has none in time
     */
    public long awaitSuccessor(String child, long pid) {
        Waiting.until(child + " is started again", RESTART, () -> pids.getOrDefault(child, pid) != pid);
        return pids.getOrDefault(child, -1L);
    }
}
