package dev.polyphony.launcher.process;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** One child: its process, the next one after a crash, and where its output goes. */
public final class Child {

    private static final int USER_MISTAKE = 2;
    private static final int STOPPED = -1;

    private final JavaCommand command;
    private final Path log;
    private final Restarts restarts;
    private final ChildListener listener;
    private final CompletableFuture<@Nullable Void> end = new CompletableFuture<>();
    private @Nullable Process process;
    private final CountDownLatch stopping = new CountDownLatch(1);

    Child(JavaCommand command, Path log, Restarts restarts, ChildListener listener) {
        this.command = command;
        this.log = log;
        this.restarts = restarts;
        this.listener = listener;
    }

    /**
     * Starts a child; a thread of its own watches over it.
     *
     * @param log where its output is appended
     */
    public static Child start(JavaCommand command, Path log, Restarts restarts, ChildListener listener) {
        Child child = new Child(command, log, restarts, listener);
        Thread thread = new Thread(child::live, "child " + command.name());
        thread.setDaemon(true);
        thread.start();
        return child;
    }

    /** What it is called. */
    public String name() {
        return command.name();
    }

    /** Completes when the child has done its work; is cancelled if it was stopped before; or has the reason of failure. */
    public CompletableFuture<@Nullable Void> end() {
        return end;
    }

    /** Asks the process to end, and never starts it again. Does not wait. */
    public void stop() {
        Process running = markStopping();
        if (running != null) {
            running.destroy();
        }
    }

    /** Waits for the end of the process of a stopped child, and kills it when it takes longer than this. */
    public void awaitStop(long timeout, TimeUnit unit) {
        Process running = markStopping();
        if (running == null) {
            return;
        }
        try {
            if (!running.waitFor(timeout, unit)) {
                running.destroyForcibly().waitFor(5, TimeUnit.SECONDS);
            }
        } catch (InterruptedException interrupted) {
            running.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    private synchronized @Nullable Process markStopping() {
        stopping.countDown();
        return process;
    }

    private void live() {
        try {
            for (int restart = 1; ; restart++) {
                LastLines last = new LastLines();
                int exit = runOnce(last);
                if (exit == 0 && !restarts.stays()) {
                    end.complete(null);
                    return;
                }
                if (stopped()) {
                    end.cancel(false);
                    return;
                }
                if (exit == USER_MISTAKE) {
                    throw new ChildRefusedException(last.message());
                }
                if (restart > restarts.most()) {
                    throw new ChildFailedException(name(), exit, restarts.most(), last.all(), log);
                }
                listener.crashed(name(), exit, last.all(), restart, restarts.most());
                pause();
            }
        } catch (RuntimeException | IOException | InterruptedException failure) {
            end.completeExceptionally(failure);
        }
    }

    private boolean stopped() {
        return stopping.getCount() == 0;
    }

    private void pause() throws InterruptedException {
        var unused = stopping.await(restarts.pause().toMillis(), TimeUnit.MILLISECONDS);
    }

    private int runOnce(LastLines last) throws IOException, InterruptedException {
        Process started = launch();
        if (started == null) {
            return STOPPED;
        }
        listener.started(name(), started.pid());
        try {
            pump(started, last);
            return started.waitFor();
        } finally {
            // Whatever went wrong here, for example with the log, no process stays behind.
            started.destroyForcibly();
            listener.ended(name());
        }
    }

    /** Null if the child has been stopped meanwhile. */
    private synchronized @Nullable Process launch() throws IOException {
        if (stopped()) {
            return null;
        }
        List<String> line = new ArrayList<>(CommandPrefix.of(command.cores()));
        line.addAll(command.line());
        ProcessBuilder builder = new ProcessBuilder(line).redirectErrorStream(true);
        builder.environment().putAll(command.environment());
        Process started = builder.start();
        started.getOutputStream().close();
        process = started;
        return started;
    }

    private void pump(Process running, LastLines last) throws IOException {
        Files.createDirectories(log.toAbsolutePath().getParent());
        try (BufferedReader output = running.inputReader(StandardCharsets.UTF_8);
                Writer writer = Files.newBufferedWriter(
                        log, StandardCharsets.UTF_8, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
            output.lines().forEach(line -> handle(line, writer, last));
        } catch (UncheckedIOException closed) {
            // A killed process's pipe may close in the middle of a line; what it said is in the log.
            last.add("(its output broke off: " + closed.getMessage() + ")");
        }
    }

    private void handle(String line, Writer writer, LastLines last) {
        Optional<Progress> progress = Progress.parse(line);
        if (progress.isPresent()) {
            listener.progress(name(), progress.get());
            return;
        }
        last.add(line);
        try {
            writer.write(line + "\n");
            writer.flush();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + log, e);
        }
    }
}
