package dev.polyphony.chaos.faults;

import dev.polyphony.chaos.stream.LiveStream;
import dev.polyphony.chaos.stream.Role;
import dev.polyphony.chaos.stream.Waiting;
import java.time.Duration;
import java.util.function.BooleanSupplier;

/**
 * The first broker goes and comes back.
 *
 * @param clean whether it is told to end, or killed
 */
public record BrokerStop(boolean clean) implements Fault {

    private static final Duration END = Duration.ofMinutes(2);

    @Override
    public String name() {
        return clean ? "clean restart of a broker" : "kill -9 of a broker";
    }

    @Override
    public Injured inject(LiveStream live) {
        String broker = live.cluster().nodes().get(0).name();
        ProcessHandle process = live.board().process(broker);
        long began = System.nanoTime();
        if (clean) {
            process.destroy();
        } else {
            process.destroyForcibly();
        }
        Waiting.until("the broker has ended", END, () -> !process.isAlive());
        BooleanSupplier recovered = live.recovery(Role.TRAINER);
        long next = live.board().awaitSuccessor(broker, process.pid());
        return new Injured(began, "process " + process.pid() + " is gone, " + next + " took its place", recovered);
    }
}
