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
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;

/**
 * The network between services and brokers becomes late and narrow for a while.
 *
 * @param delay in each direction
 * @param bytesPerSecond of each connection
 * @param time how long
 */
public record SlowNetwork(Duration delay, long bytesPerSecond, Duration time) implements Fault {

    @Override
    public String name() {
        return "delayed and throttled network";
    }

    @Override
    public Injured inject(LiveStream live) {
        List<FaultyNetwork> networks =
                live.cluster().nodes().stream().map(BrokerNode::network).toList();
        long answer;
        long began = System.nanoTime();
        networks.forEach(network -> network.become(Weather.slow(delay, bytesPerSecond)));
        try {
            answer = answerMillis(live.cluster().servers());
            Waiting.pause(Math.max(0, time.toMillis() - answer));
        } finally {
            networks.forEach(network -> network.become(Weather.FAIR));
        }
        BooleanSupplier recovered = live.recovery(Role.TRAINER);
        if (answer < 2 * delay.toMillis()) {
            throw new ChaosException("the network was not slow: an answer took " + answer + " ms");
        }
        return new Injured(began, "an answer took " + answer + " ms", recovered);
    }

    /** How long the broker takes to answer somebody new. */
    private static long answerMillis(String servers) {
        long began = System.nanoTime();
        try (Admin admin = Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, servers))) {
            admin.describeCluster().clusterId().get(60, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException silent) {
            throw new ChaosException("the slow network is silent", silent);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new ChaosException("interrupted");
        }
        return (System.nanoTime() - began) / 1_000_000;
    }
}
