package dev.polyphony.chaos.faults;

import dev.polyphony.chaos.stream.LiveStream;
import dev.polyphony.chaos.stream.Role;
import dev.polyphony.chaos.stream.Waiting;
import java.time.Duration;
import java.util.function.BooleanSupplier;

/**
 * A service's process dies without a word: {@code kill -9}.
 *
 * @param role which service
 * @param replica which of its replicas
 */
public record Kill(Role role, int replica) implements Fault {

    private static final Duration DEATH = Duration.ofSeconds(10);

    @Override
    public String name() {
        return "kill -9 of " + role.child(replica).replaceAll("-\\d$", "");
    }

    @Override
    public Injured inject(LiveStream live) {
        long began = System.nanoTime();
        long killed = now(live, role.child(replica));
        BooleanSupplier recovered = live.recovery(role);
        long next = live.board().awaitSuccessor(role.child(replica), killed);
        return new Injured(began, "process " + killed + " is dead, " + next + " took its place", recovered);
    }

    /** Kills a child and returns the process that it was, dead. */
    static long now(LiveStream live, String child) {
        ProcessHandle process = live.board().process(child);
        process.destroyForcibly();
        Waiting.until("process " + process.pid() + " is dead", DEATH, () -> !process.isAlive());
        return process.pid();
    }
}
