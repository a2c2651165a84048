package dev.polyphony.streaming.service;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/** Whether the work can work (ready) and has moved lately (live). Written by the working thread, read by probes. */
public final class Heartbeat {

    private final Clock clock;
    private volatile Instant lastBeat;
    private volatile boolean ready;
    private volatile boolean finished;

    public Heartbeat(Clock clock) {
        this.clock = clock;
        this.lastBeat = clock.instant();
    }

    /** The work has moved, or found that there was nothing to do. */
    public void beat() {
        lastBeat = clock.instant();
    }

    /** The work has all it needs. */
    public void ready() {
        beat();
        ready = true;
    }

    /** There is nothing left to do, so no move is to be expected. */
    void finished() {
        finished = true;
    }

    boolean isReady() {
        return ready;
    }

    Duration sinceLastBeat() {
        return finished ? Duration.ZERO : Duration.between(lastBeat, clock.instant());
    }
}
