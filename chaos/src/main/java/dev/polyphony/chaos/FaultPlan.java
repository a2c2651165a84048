package dev.polyphony.chaos;

import dev.polyphony.chaos.faults.BadRecord;
import dev.polyphony.chaos.faults.BadRecord.Damage;
import dev.polyphony.chaos.faults.BadRecord.Topic;
import dev.polyphony.chaos.faults.BrokerStop;
import dev.polyphony.chaos.faults.DamagedCheckpoint;
import dev.polyphony.chaos.faults.Duplicate;
import dev.polyphony.chaos.faults.Fault;
import dev.polyphony.chaos.faults.Freeze;
import dev.polyphony.chaos.faults.FullDisk;
import dev.polyphony.chaos.faults.HugeRecord;
import dev.polyphony.chaos.faults.Kill;
import dev.polyphony.chaos.faults.LeaderLoss;
import dev.polyphony.chaos.faults.Outage;
import dev.polyphony.chaos.faults.SlowNetwork;
import dev.polyphony.chaos.stream.LiveStream;
import dev.polyphony.chaos.stream.Role;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.function.Predicate;

/** Which faults happen to a run on one broker, in which order. A pure function of its seed. */
final class FaultPlan {

    /**
     * A kind of fault.
     *
     * @param weight how often it is drawn, compared to others
     * @param make draws the particulars
     */
    private record Kind(int weight, Function<SplittableRandom, Fault> make) {}

    private FaultPlan() {}

    /** One of each kind that costs little time, for three brokers. */
    static List<Fault> brief() {
        return List.of(
                new Kill(Role.TRAINER, 0),
                new Kill(Role.PERTURB, 0),
                new Kill(Role.TEACHER, 1),
                new Kill(Role.EVALUATOR, 0),
                new Freeze(Role.PERTURB, 1, Duration.ofSeconds(12)),
                new Duplicate(false, 1),
                new Duplicate(true, 2),
                new BadRecord(Topic.PLAN, Damage.CUT_SHORT, 0),
                new SlowNetwork(Duration.ofMillis(50), 400_000, Duration.ofSeconds(2)),
                new Outage(false, Duration.ofSeconds(3)),
                new Outage(true, Duration.ofSeconds(3)),
                new LeaderLoss(),
                new BrokerStop(true),
                new DamagedCheckpoint(true),
                new FullDisk());
    }

    /**
     * So many faults at random: each kind once, as far as they go, then by weight; all in random order.
     *
     * @param wanted which names are drawn at all
     */
    static List<Fault> random(SplittableRandom random, int count, Predicate<String> wanted) {
        List<Kind> kinds = kinds();
        // What a kind is called does not depend on the particulars, a time above or below the timeout aside.
        kinds.removeIf(
                kind -> !wanted.test(kind.make.apply(new SplittableRandom(0)).name()));
        if (kinds.isEmpty()) {
            throw new IllegalArgumentException("no fault has such a name");
        }
        List<Fault> faults = new ArrayList<>();
        shuffle(kinds, random);
        for (Kind kind : kinds.subList(0, Math.min(count, kinds.size()))) {
            faults.add(kind.make.apply(random));
        }
        int total = kinds.stream().mapToInt(Kind::weight).sum();
        while (faults.size() < count) {
            int drawn = random.nextInt(total);
            for (Kind kind : kinds) {
                drawn -= kind.weight;
                if (drawn < 0) {
                    faults.add(kind.make.apply(random));
                    break;
                }
            }
        }
        shuffle(faults, random);
        return List.copyOf(faults);
    }

    private static <T> void shuffle(List<T> list, SplittableRandom random) {
        for (int i = list.size() - 1; i > 0; i--) {
            list.set(i, list.set(random.nextInt(i + 1), list.get(i)));
        }
    }

    private static List<Kind> kinds() {
        List<Kind> kinds = new ArrayList<>(List.of(
                new Kind(12, random -> new Kill(Role.PERTURB, random.nextInt(2))),
                new Kind(12, random -> new Kill(Role.TEACHER, random.nextInt(2))),
                new Kind(14, random -> new Kill(Role.TRAINER, 0)),
                new Kind(5, random -> new Kill(Role.EVALUATOR, 0)),
                new Kind(3, random -> new Freeze(Role.PERTURB, random.nextInt(2), time(random, 12, 19))),
                new Kind(3, random -> new Freeze(Role.TEACHER, random.nextInt(2), time(random, 12, 19))),
                new Kind(2, random -> new Freeze(Role.TRAINER, 0, time(random, 12, 19))),
                new Kind(1, random -> new Freeze(Role.EVALUATOR, 0, time(random, 12, 19))),
                new Kind(6, random -> new BrokerStop(false)),
                new Kind(4, random -> new BrokerStop(true)),
                new Kind(4, random -> new Outage(false, time(random, 1, 8))),
                new Kind(4, random -> new Outage(true, time(random, 1, 8))),
                new Kind(2, random -> new Outage(false, time(random, 17, 22))),
                new Kind(2, random -> new Outage(true, time(random, 17, 22))),
                new Kind(
                        4,
                        random -> new SlowNetwork(
                                time(random, 0, 1).dividedBy(5).plusMillis(10), 100_000, time(random, 2, 6))),
                new Kind(4, random -> new Duplicate(false, partition(random))),
                new Kind(4, random -> new Duplicate(true, partition(random))),
                new Kind(3, random -> new FullDisk()),
                new Kind(3, random -> new DamagedCheckpoint(true)),
                new Kind(3, random -> new DamagedCheckpoint(false))));
        for (Topic topic : Topic.values()) {
            kinds.add(new Kind(1, random -> new HugeRecord(topic, partition(random))));
            for (Damage damage : Damage.values()) {
                if (damage.fits(topic)) {
                    kinds.add(new Kind(1, random -> new BadRecord(topic, damage, partition(random))));
                }
            }
        }
        return kinds;
    }

    private static Duration time(SplittableRandom random, int fromSeconds, int toSeconds) {
        return Duration.ofMillis(random.nextLong(1000L * fromSeconds, 1000L * toSeconds));
    }

    private static int partition(SplittableRandom random) {
        return random.nextInt(LiveStream.PARTITIONS);
    }
}
