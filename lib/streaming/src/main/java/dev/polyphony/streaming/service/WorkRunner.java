package dev.polyphony.streaming.service;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.SmartLifecycle;

/**
 * Runs the work in one thread named after its role, and ends the process with it: exit code 0 when the work is done, 1
 * when it
 * failed, 2 when only a user can mend it. A stop of the context lets the step in hand finish first.
 */
public final class WorkRunner implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(WorkRunner.class);
    private static final long STOP_MILLIS = 20_000;

    private final Work work;
    private final ConfigurableApplicationContext context;
    private final Heartbeat heartbeat;
    private final boolean linger;
    private @Nullable Thread thread;
    private volatile boolean stopping;

    WorkRunner(Work work, ConfigurableApplicationContext context, Heartbeat heartbeat, ServiceProperties properties) {
        this.work = work;
        this.context = context;
        this.heartbeat = heartbeat;
        this.linger = properties.linger();
    }

    @Override
    public void start() {
        Thread started = new Thread(this::runAndExit, work.role());
        thread = started;
        started.start();
    }

    private void runAndExit() {
        int exitCode = runToExitCode();
        if (exitCode == 0) {
            heartbeat.finished();
        }
        if (stopping || (exitCode == 0 && linger)) {
            return;
        }
        // A thread of its own: closing the context joins the working thread, which is this one.
        new Thread(() -> System.exit(SpringApplication.exit(context, () -> exitCode)), "exit").start();
    }

    private int runToExitCode() {
        try {
            work.run();
            return 0;
        } catch (Exception | Error failure) {
            String mistake = ServiceMain.mistakeIn(failure, context.getEnvironment());
            if (mistake != null) {
                System.err.println(work.role() + ": " + mistake);
                return 2;
            }
            LOG.error("{} failed: {}", work.role(), failure.getMessage(), failure);
            return 1;
        }
    }

    @Override
    public void stop() {
        stopping = true;
        work.stop();
        Thread running = thread;
        if (running == null) {
            return;
        }
        try {
            running.join(STOP_MILLIS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        if (running.isAlive()) {
            LOG.warn("{} has not stopped after {} ms; the step in hand is abandoned", work.role(), STOP_MILLIS);
        }
    }

    @Override
    public boolean isRunning() {
        Thread running = thread;
        return running != null && running.isAlive();
    }
}
