package dev.polyphony.chaos;

import dev.polyphony.chaos.broker.Cluster;
import dev.polyphony.chaos.faults.Fault;
import dev.polyphony.chaos.faults.Injured;
import dev.polyphony.chaos.stream.ChaosException;
import dev.polyphony.chaos.stream.LiveStream;
import dev.polyphony.chaos.stream.ProcessBoard;
import dev.polyphony.chaos.stream.SmallStream;
import dev.polyphony.chaos.stream.Waiting;
import dev.polyphony.launcher.Polyphony;
import dev.polyphony.launcher.WorkDirectory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import java.util.stream.Stream;
import tools.jackson.databind.json.JsonMapper;

/** Runs a small stream undisturbed, then injured, and compares. Each run has brokers and a directory of its own. */
final class Suite {

    /** Epochs of the stream of the short form. */
    static final int BRIEF_EPOCHS = 3;

    /** A hundred steps take some seconds; on a busy machine, minutes. Only a run that hangs takes this long. */
    private static final Duration END = Duration.ofMinutes(20);

    private static final Duration RECOVERY = Duration.ofMinutes(5);
    private static final int LONGEST_PAUSE_MILLIS = 2000;
    private static final JsonMapper JSON = new JsonMapper();

    private final SmallStream stream;
    private final Path directory;
    private final Consumer<String> say;

    /**
     * A suite.
     *
     * @param stream what is streamed
     * @param directory where everything is written; empty at first
     * @param say prints a line
     */
    Suite(SmallStream stream, Path directory, Consumer<String> say) {
        this.stream = stream;
        this.directory = directory;
        this.say = say;
    }

    /** The short form: one fault of each kind that costs little, in one run on three brokers. */
    Outcome brief(SplittableRandom random, String weights) {
        return disturbed("brief", 3, FaultPlan.brief(), random, weights);
    }

    /** How long a stream must be, in epochs, to live through so many faults. */
    static int epochs(int faults) {
        int steps = 30 * faults + 200;
        return (steps + SmallStream.STEPS_PER_EPOCH - 1) / SmallStream.STEPS_PER_EPOCH;
    }

    /**
     * Trains the ensemble and runs the stream undisturbed, unless the directory has such a run already; returns the
     * SHA-256 of its final weights.
     */
    String quiet() {
        WorkDirectory work = work("quiet");
        if (Files.exists(work.run(stream.runId(), "summary.json"))) {
            return weights(work);
        }
        ProcessBoard board = new ProcessBoard();
        LiveStream.trainMembers(stream, work, board);
        long began = System.nanoTime();
        try (Cluster cluster = Cluster.start(1, work.root().resolve("brokers"), board);
                LiveStream live = LiveStream.quiet(stream, cluster, work, board)) {
            live.finish(END);
        }
        if (board.restarts() > 0) {
            throw new ChaosException("the undisturbed run was not undisturbed: a process had to be started again");
        }
        String weights = weights(work);
        say("undisturbed: " + stream.steps() + " steps in " + seconds(began) + " s, weights " + weights);
        return weights;
    }

    /**
     * Runs the stream and injures it.
     *
     * @param scenario what it is called; names its directory
     * @param brokers 1 or 3
     * @param faults in their order, a random pause before each
     * @param weights of the undisturbed run
     */
    Outcome disturbed(String scenario, int brokers, List<Fault> faults, SplittableRandom random, String weights) {
        WorkDirectory work = work(scenario);
        copyEnsemble(work);
        ProcessBoard board = new ProcessBoard();
        long began = System.nanoTime();
        try (Cluster cluster = Cluster.start(brokers, work.root().resolve("brokers"), board);
                LiveStream live = LiveStream.paced(stream, cluster, work, board)) {
            say(scenario + ": the stream flows after " + seconds(began) + " s");
            List<Injured> injuries = new ArrayList<>();
            List<Occurrence> occurrences = injure(live, faults, random, injuries);
            live.finish(END);
            injuries.forEach(injured -> injured.afterwards().run());
            Ledger ledger = Ledger.of(live.watch(), stream.steps());
            boolean verified = verify(live);
            boolean identical = weights(work).equals(weights);
            Outcome outcome = new Outcome(
                    scenario,
                    stream.steps(),
                    occurrences,
                    board.restarts(),
                    ledger,
                    verified,
                    identical,
                    elapsed(began));
            say(scenario + ": " + faults.size() + " faults, " + board.restarts() + " restarts, lost "
                    + ledger.lost() + ", duplicated " + ledger.duplicated() + ", verify "
                    + (verified ? "holds" : "DOES NOT HOLD") + ", weights "
                    + (identical ? "identical" : "DIFFERENT") + ", " + seconds(began) + " s");
            return outcome;
        }
    }

    private List<Occurrence> injure(
            LiveStream live, List<Fault> faults, SplittableRandom random, List<Injured> injuries) {
        List<Occurrence> occurrences = new ArrayList<>();
        long began = System.nanoTime();
        for (Fault fault : faults) {
            live.pace().release(faults.size() - occurrences.size());
            Waiting.pause(random.nextInt(LONGEST_PAUSE_MILLIS));
            long from = live.watch().logits().next();
            say(String.format(
                    Locale.ROOT, "%5.0f s  step %d of %d: %s", elapsed(began), from, stream.steps(), fault.name()));
            Injured injured = fault.inject(live);
            injuries.add(injured);
            live.await("it recovers from: " + fault.name(), RECOVERY, injured.recovered());
            double recovery = elapsed(injured.atNanos());
            say(String.format(Locale.ROOT, "         recovered after %.1f s; %s", recovery, injured.proof()));
            occurrences.add(new Occurrence(
                    fault.name(),
                    (injured.atNanos() - began) * 1e-9,
                    recovery,
                    from,
                    live.watch().logits().next(),
                    injured.proof()));
        }
        return occurrences;
    }

    /** What the command says that users have: it reads the log again, and the checkpoints. */
    private boolean verify(LiveStream live) {
        return Polyphony.commandLine()
                        .execute(
                                "verify",
                                stream.runId(),
                                "--work",
                                live.work().root().toString(),
                                "--bootstrap-servers",
                                live.cluster().directServers())
                == 0;
    }

    WorkDirectory work(String scenario) {
        return new WorkDirectory(directory.resolve(scenario));
    }

    /** Members are trained once: what is examined is the stream. */
    void copyEnsemble(WorkDirectory work) {
        Path from = work("quiet").store().resolve("ensembles");
        Path to = work.store().resolve("ensembles");
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Path target = to.resolve(from.relativize(file).toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectories(target);
                } else {
                    Files.copy(file, target);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot copy the ensemble", e);
        }
    }

    private String weights(WorkDirectory work) {
        Path summary = work.run(stream.runId(), "summary.json");
        try {
            String weights = JSON.readTree(Files.readAllBytes(summary))
                    .path("weightsSha256")
                    .asString("");
            if (weights.length() != 64) {
                throw new ChaosException(summary + " tells no weights");
            }
            return weights;
        } catch (IOException e) {
            throw new UncheckedIOException("the run has no summary", e);
        }
    }

    private void say(String line) {
        say.accept(line);
    }

    private static double elapsed(long began) {
        return (System.nanoTime() - began) * 1e-9;
    }

    private static String seconds(long began) {
        return String.format(Locale.ROOT, "%.0f", elapsed(began));
    }
}
