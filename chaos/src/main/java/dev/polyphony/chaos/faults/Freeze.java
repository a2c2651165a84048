package dev.polyphony.chaos.faults;

import dev.polyphony.chaos.stream.ChaosException;
import dev.polyphony.chaos.stream.Commands;
import dev.polyphony.chaos.stream.LiveStream;
import dev.polyphony.chaos.stream.Role;
import dev.polyphony.chaos.stream.Waiting;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.BooleanSupplier;

/**
 * A service's process stands still for a while, as in a long pause of its machine, and then goes on as if nothing had
 * been: {@code SIGSTOP}, {@code SIGCONT}. Longer than the session timeout of 10 s, so that of a replicated service the
 * other replica takes its place; longer than the transaction timeout of 15 s, the broker aborts what it had open. What it
 * does then must count for nothing.
 *
 * @param role which service
 * @param replica which of its replicas
 * @param time how long at least; a replica stands still until the other has taken over
 */
public record Freeze(Role role, int replica, Duration time) implements Fault {

    private static final Duration TAKE_OVER = Duration.ofMinutes(3);

    @Override
    public String name() {
        return "SIGSTOP, SIGCONT of " + role.child(replica).replaceAll("-\\d$", "");
    }

    @Override
    public Injured inject(LiveStream live) {
        ProcessHandle process = live.board().process(role.child(replica));
        long began = System.nanoTime();
        Commands.signal("STOP", process.pid());
        BooleanSupplier recovered;
        try {
            Waiting.until("the process has stopped", Duration.ofSeconds(5), () -> state(process.pid()) == 'T');
            recovered = live.recovery(role);
            Waiting.pause(Math.max(0, time.toMillis() - (System.nanoTime() - began) / 1_000_000));
            if (role.isReplicated()) {
                live.await("the other replica takes over from " + role.child(replica), TAKE_OVER, recovered);
            }
            if (state(process.pid()) != 'T') {
                throw new ChaosException("process " + process.pid() + " did not stay stopped");
            }
        } finally {
            Commands.signal("CONT", process.pid());
        }
        String proof = "process " + process.pid() + " stood still for " + (System.nanoTime() - began) / 1_000_000
                + " ms" + (role.isReplicated() ? "; the other replica took over meanwhile" : "");
        return new Injured(began, proof, recovered);
    }

    /** As the kernel shows it: T for stopped. */
    private static char state(long pid) {
        try {
            String stat = Files.readString(Path.of("/proc", Long.toString(pid), "stat"));
            return stat.charAt(stat.lastIndexOf(')') + 2);
        } catch (IOException gone) {
            throw new UncheckedIOException("process " + pid + " has gone", gone);
        }
    }
}
