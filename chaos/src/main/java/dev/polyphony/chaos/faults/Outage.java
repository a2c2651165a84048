package dev.polyphony.chaos.faults;

import dev.polyphony.chaos.broker.BrokerNode;
import dev.polyphony.chaos.broker.FaultyNetwork;
import dev.polyphony.chaos.broker.Weather;
import dev.polyphony.chaos.stream.ChaosException;
import dev.polyphony.chaos.stream.LiveStream;
import dev.polyphony.chaos.stream.Role;
import dev.polyphony.chaos.stream.Waiting;
import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;

/**
 * The network between services and brokers goes away and comes back.
 *
 * @param silent whether connections stay open and nothing comes through, instead of being cut and refused
 * @param time how long; the transaction timeout is 15 s
 */
public record Outage(boolean silent, Duration time) implements Fault {

    @Override
    public String name() {
        return (silent ? "silent" : "cut") + " network, " + (time.toSeconds() > 15 ? "longer" : "shorter")
                + " than the transaction timeout";
    }

    @Override
    public Injured inject(LiveStream live) {
        List<FaultyNetwork> networks =
                live.cluster().nodes().stream().map(BrokerNode::network).toList();
        long refusedBefore = refused(networks);
        long began = System.nanoTime();
        int cut = 0;
        long held = 0;
        for (FaultyNetwork network : networks) {
            network.become(silent ? Weather.SILENT : Weather.DOWN);
            cut += silent ? network.connections() : network.cut();
        }
        try {
            // What had passed the network already arrives.
            Waiting.pause(200);
            long passed = bytes(networks);
            Waiting.pause(Math.max(0, time.toMillis() - 200));
            held = bytes(networks) - passed;
        } finally {
            networks.forEach(network -> network.become(Weather.FAIR));
        }
        BooleanSupplier recovered = live.recovery(Role.TRAINER);
        if (cut == 0 || held > 0) {
            throw new ChaosException("the network was not away: " + cut + " connections, " + held + " bytes passed");
        }
        String proof = silent
                ? cut + " connections were silent for " + time.toMillis() + " ms"
                : cut + " connections were cut and " + (refused(networks) - refusedBefore) + " refused in "
                        + time.toMillis() + " ms";
        return new Injured(began, proof, recovered);
    }

    private static long refused(List<FaultyNetwork> networks) {
        return networks.stream().mapToLong(FaultyNetwork::refused).sum();
    }

    private static long bytes(List<FaultyNetwork> networks) {
        return networks.stream().mapToLong(FaultyNetwork::bytes).sum();
    }
}
